Feature: What has come after openCypher 9

  Scenario Outline: label expressions
    Given an empty graph
    And having executed:
      """
      CREATE (:部 {名: '甲'}), (:省 {名: '乙'}), (:部:省 {名: '丙'}), ({名: '丁'})
      """
    When executing query:
      """
      MATCH (n<labels>) RETURN collect(n.名) AS 名
      """
    Then the result should be (ignoring element order for lists):
      | 名      |
      | <names> |
    When executing query:
      """
      MATCH (n) WHERE n<labels> RETURN collect(n.名) AS 名
      """
    Then the result should be (ignoring element order for lists):
      | 名      |
      | <names> |

    Examples:
      | labels    | names                |
      | :部\|省   | ['甲', '乙', '丙']   |
      | :部&省    | ['丙']               |
      | :部:省    | ['丙']               |
      | :!部      | ['乙', '丁']         |
      | :部&!省   | ['甲']               |
      | :!(部\|省) | ['丁']              |
      | :!!部     | ['甲', '丙']         |
      | :省\|!部&!省 | ['乙', '丙', '丁'] |

  Scenario: a bar in a comprehension is its own
    Given an empty graph
    And having executed:
      """
      CREATE (:部 {名: '甲'}), (:省 {名: '乙'}), (:市 {名: '丙'})
      """
    When executing query:
      """
      MATCH (n) WITH collect(n) AS 全
      RETURN [x IN 全 WHERE x:部 | x.名] AS a, [x IN 全 WHERE (x:部|省) | x.名] AS b
      """
    Then the result should be (ignoring element order for lists):
      | a      | b            |
      | ['甲'] | ['甲', '乙'] |

  Scenario: conditions and lengths within patterns
    Given an empty graph
    And having executed:
      """
      CREATE (a:城 {名: '甲', 人: 1}), (b:城 {名: '乙', 人: 2}), (c:城 {名: '丙', 人: 3}), (d:城 {名: '丁', 人: 4}),
             (a)-[:路 {长: 5}]->(b), (b)-[:路 {长: 7}]->(c), (c)-[:铁 {长: 9}]->(d)
      """
    When executing query:
      """
      MATCH (x:城 WHERE x.人 < 3)-[r WHERE r.长 > 5]->(y) RETURN x.名, y.名
      """
    Then the result should be, in any order:
      | x.名 | y.名 |
      | '乙' | '丙' |
    When executing query:
      """
      MATCH (x {名: '甲'})-[:路]->{1,2}(y) RETURN y.名
      """
    Then the result should be, in any order:
      | y.名 |
      | '乙' |
      | '丙' |
    When executing query:
      """
      MATCH ({名: '甲'})-->+(y) RETURN count(*) AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
    When executing query:
      """
      MATCH ({名: '甲'})-[r:路|铁]->*(y) RETURN size(r) AS n ORDER BY n
      """
    Then the result should be, in order:
      | n |
      | 0 |
      | 1 |
      | 2 |
      | 3 |
    When executing query:
      """
      MATCH (x)-[:!路]->(y) WHERE (x)<-[:路]-{2}(:城 WHERE true) RETURN x.名, y.名
      """
    Then the result should be, in any order:
      | x.名 | y.名 |
      | '丙' | '丁' |

  Scenario: subqueries as expressions
    Given an empty graph
    And having executed:
      """
      CREATE (a:人 {名: '甲'}), (b:人 {名: '乙'}), (a)-[:有]->(:书 {题: '一'}), (a)-[:有]->(:书 {题: '二'})
      """
    When executing query:
      """
      MATCH (n:人)
      RETURN n.名 AS 名, COUNT { (n)-[:有]->() } AS 数, EXISTS { MATCH (n)-->(m) RETURN m LIMIT 1 } AS 有,
             COLLECT { MATCH (n)-->(m) RETURN m.题 ORDER BY m.题 } AS 题,
             COUNT { MATCH (n)-->(m) RETURN m.题 AS x UNION ALL RETURN 1 AS x } AS 多
      ORDER BY 名 DESC
      """
    Then the result should be, in order:
      | 名   | 数 | 有    | 题           | 多 |
      | '甲' | 2  | true  | ['一', '二'] | 3  |
      | '乙' | 0  | false | []           | 1  |
    When executing query:
      """
      MATCH (n:人) WHERE COUNT { (n)-->() WHERE true } > 1 RETURN n{.名, 数: 1, .*, n} AS m
      """
    Then the result should be, in any order:
      | m                                       |
      | {名: '甲', 数: 1, n: (:人 {名: '甲'})} |
    When executing query:
      """
      OPTIONAL MATCH (n:无) RETURN n{.*} AS m
      """
    Then the result should be, in any order:
      | m    |
      | null |

  Scenario: CALL of a query
    Given an empty graph
    And having executed:
      """
      CREATE (a:人 {名: '甲'}), (b:人 {名: '乙'}), (a)-[:有]->(:书 {题: '一'}), (a)-[:有]->(:书 {题: '二'})
      """
    When executing query:
      """
      MATCH (n:人) CALL { WITH n MATCH (n)-[:有]->(m) RETURN m.题 AS 题, m AS 书 ORDER BY 题 DESC LIMIT 1 }
      RETURN n.名, 题, [(书)<--(x) | x.名] AS 主
      """
    Then the result should be, in any order:
      | n.名 | 题   | 主     |
      | '甲' | '二' | ['甲'] |
    When executing query:
      """
      UNWIND [1, 2] AS i
      CALL (i) { UNWIND range(1, i) AS j RETURN i * 10 + j AS k UNION RETURN 0 AS k }
      RETURN k ORDER BY k
      """
    Then the result should be, in order:
      | k  |
      | 0  |
      | 0  |
      | 11 |
      | 21 |
      | 22 |
    When executing query:
      """
      MATCH (n:人) CALL { MATCH (n:书) RETURN count(n) AS 书 } RETURN n.名, 书 ORDER BY n.名
      """
    Then the result should be, in order:
      | n.名 | 书 |
      | '乙' | 2  |
      | '甲' | 2  |
    When executing query:
      """
      MATCH (n:人) CALL { MATCH (m:人) RETURN m AS n } RETURN n
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound
    When executing query:
      """
      MATCH (n:人) CALL { RETURN n.名 AS 名 } RETURN 名
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: functions
    Given any graph
    When executing query:
      """
      RETURN nullIf(1, 1.0) AS a, nullIf(1, 2) AS b, isEmpty('') AS c, isEmpty([1]) AS d,
             toIntegerOrNull(date('2026-01-01')) AS e, toFloatOrNull('1.5') AS f, toBooleanOrNull('是') AS g,
             toIntegerList(['1', 2.7, null, []]) AS h, bTrim('。甲。', '。') AS i, lTrim('  x ') AS j,
             round(2.345, 2) AS k, round(-1.5) AS l, isNaN(0.0 / 0.0) AS m, upper('a') AS n, ln(1) AS o,
             char_length('中文') AS p
      """
    Then the result should be, in any order:
      | a    | b | c    | d     | e    | f   | g    | h                  | i    | j    | k    | l    | m    | n   | o   | p |
      | null | 1 | true | false | null | 1.5 | null | [1, 2, null, null] | '甲' | 'x ' | 2.35 | -1.0 | true | 'A' | 0.0 | 2 |
    When executing query:
      """
      RETURN valueType([1, 'a', null]) AS a, valueType(date()) AS b, valueType([]) AS c, size(randomUUID()) AS d
      """
    Then the result should be, in any order:
      | a                                                       | b               | c                        | d  |
      | 'LIST<INTEGER NOT NULL \| NULL \| STRING NOT NULL> NOT NULL' | 'DATE NOT NULL' | 'LIST<NOTHING> NOT NULL' | 36 |

  Scenario: trim of a side, normal forms
    Given any graph
    When executing query:
      """
      RETURN trim(BOTH '。' FROM '。甲。') AS a, trim(LEADING '。' FROM '。甲。') AS b, trim(TRAILING '。' FROM '。甲。') AS c,
             trim('x' FROM 'xax') AS d, trim(BOTH FROM '  甲 ') AS e, normalize('ＡＢ①', NFKC) AS f,
             size(normalize('é', NFD)) AS g, normalize(null) AS h
      """
    Then the result should be, in any order:
      | a    | b      | c      | d   | e    | f     | g | h    |
      | '甲' | '甲。' | '。甲' | 'a' | '甲' | 'AB1' | 2 | null |
    When executing query:
      """
      WITH ' 甲' AS leading, '。甲' AS both RETURN trim(both) AS a, trim(leading FROM leading) AS b
      """
    Then the result should be, in any order:
      | a      | b    |
      | '。甲' | '甲' |

  Scenario: OPTIONAL CALL keeps a row for which there is none
    Given an empty graph
    And having executed:
      """
      CREATE (:人 {名: '甲'})-[:写]->(:书 {名: '山'}), (:人 {名: '乙'})
      """
    When executing query:
      """
      MATCH (n:人) OPTIONAL CALL (n) { MATCH (n)-[:写]->(b) RETURN b.名 AS 书, 1 AS 一 }
      RETURN n.名 AS 名, 书, 一
      """
    Then the result should be, in any order:
      | 名   | 书   | 一   |
      | '甲' | '山' | 1    |
      | '乙' | null | null |
    When executing query:
      """
      MATCH (n:人) OPTIONAL CALL (n) { MATCH (n)-[:写]->(b) RETURN b } RETURN count(b) AS c, count(*) AS d
      """
    Then the result should be, in any order:
      | c | d |
      | 1 | 2 |
    When executing query:
      """
      OPTIONAL CALL db.named('无此名') YIELD node RETURN node
      """
    Then the result should be, in any order:
      | node |
      | null |

  Scenario: one of several labels
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 20) AS i CREATE (:其他) WITH count(*) AS c CREATE (:甲 {n: 1}), (:乙 {n: 2}), (:甲:乙 {n: 3})
      """
    When executing query:
      """
      MATCH (x:甲|乙) RETURN x.n AS n ORDER BY n
      """
    Then the result should be, in order:
      | n |
      | 1 |
      | 2 |
      | 3 |
    When executing query:
      """
      UNWIND [1, 2] AS i MATCH (x:甲|无|乙) WHERE x.n > i RETURN i, x.n AS n
      """
    Then the result should be, in any order:
      | i | n |
      | 1 | 2 |
      | 1 | 3 |
      | 2 | 3 |
