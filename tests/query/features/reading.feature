Feature: Results in all their forms

  Scenario: paths know the direction of their relationships
    Given the 三城 graph
    When executing query:
      """
      MATCH p = (:城市 {name: '丙城'})<-[*2]-() RETURN p
      """
    Then the result should be, in any order:
      | p |
      | <(:城市 {name: '丙城'})<-[:铁路 {公里: 80}]-(:城市 {name: '乙城'})<-[:铁路 {公里: 120}]-(:城市 {name: '甲城'})> |
    And no side effects

  Scenario: lists in any order of elements
    Given any graph
    And parameters are:
      | 名 | ['甲', '乙'] |
    When executing query:
      """
      RETURN $名 AS 名, {a: [1, 2.0, null], b: 'it\'s'} AS m
      """
    Then the result should be (ignoring element order for lists):
      | 名           | m                                |
      | ['乙', '甲'] | {b: 'it\'s', a: [null, 2.0, 1]} |

  Scenario: procedures give rows, or let them pass
    Given any graph
    And there exists a procedure 省.市(省 :: STRING?) :: (市 :: STRING?, 人口 :: FLOAT?):
      | 省   | 市   | 人口 |
      | '甲' | '一' | 1.5  |
      | '甲' | '二' | 2.0  |
      | '乙' | '三' | 3.5  |
    When executing query:
      """
      UNWIND ['乙', '甲'] AS p CALL 省.市(p) YIELD 市, 人口 AS n WHERE n < 3.6 RETURN p, 市, n
      """
    Then the result should be, in order:
      | p    | 市   | n   |
      | '乙' | '三' | 3.5 |
      | '甲' | '一' | 1.5 |
      | '甲' | '二' | 2.0 |
    When executing control query:
      """
      CALL 省.市(1)
      """
    Then a SyntaxError should be raised at compile time: InvalidArgumentType
