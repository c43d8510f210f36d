# What is written, and what a statement that fails leaves behind.
Feature: Writing by hand

  Background:
    Given an empty graph

  Scenario: nodes, relationships, labels and properties are counted
    When executing query:
      """
      CREATE (a:企业:上市 {name: '远山', 员工: 30})-[:投资 {额: 2.5}]->(b:项目)
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes         | 2 |
      | +relationships | 1 |
      | +labels        | 3 |
      | +properties    | 3 |

  Scenario: a later element of one CREATE may speak of an earlier one
    When executing query:
      """
      CREATE (a {x: 1})-[r:T {y: 2}]->(b), p = (c {z: a.x + r.y})
      RETURN c.z AS z, length(p) AS n
      """
    Then the result should be, in any order:
      | z | n |
      | 3 | 0 |

  Scenario: MERGE finds what the row before has created
    When executing query:
      """
      UNWIND ['甲', '乙', '甲'] AS name
      MERGE (c:城市 {name: name})
        ON CREATE SET c.times = 1
        ON MATCH SET c.times = c.times + 1
      RETURN c.name AS name, c.times AS times
      """
    Then the result should be, in order:
      | name | times |
      | '甲' | 2     |
      | '乙' | 1     |
      | '甲' | 2     |
    And the side effects should be:
      | +nodes      | 2 |
      | +labels     | 1 |
      | +properties | 4 |

  Scenario: what fails half way leaves nothing behind
    And having executed:
      """
      CREATE (:甲 {n: 1}), (:甲 {n: 0})
      """
    When executing query:
      """
      MATCH (a:甲) CREATE (:乙 {q: 6 / a.n})
      """
    Then an ArithmeticError should be raised at runtime: DivisionByZero
    And no side effects

  Scenario: writing goes on although no row is wanted
    When executing query:
      """
      UNWIND range(1, 5) AS i CREATE (n:数 {i: i}) RETURN n LIMIT 0
      """
    Then the result should be, in order:
      | n |
    And the side effects should be:
      | +nodes      | 5 |
      | +labels     | 1 |
      | +properties | 5 |

  Scenario: a statement does not read what it writes in the same clause
    And having executed:
      """
      CREATE (:数), (:数)
      """
    When executing query:
      """
      MATCH (n:数) CREATE (:数) WITH count(*) AS written MATCH (m:数) RETURN written, count(m) AS total
      """
    Then the result should be, in any order:
      | written | total |
      | 2       | 4     |

  Scenario: a node with relationships is only deleted with them
    Given the 三城 graph
    When executing query:
      """
      MATCH (n {name: '乙城'}) DELETE n
      """
    Then a ConstraintVerificationFailed should be raised at runtime: DeleteConnectedNode
    When executing query:
      """
      MATCH (n {name: '乙城'}) DETACH DELETE n
      """
    Then the result should be empty
    And the side effects should be:
      | -nodes         | 1 |
      | -relationships | 2 |
      | -properties    | 3 |

  Scenario: numbers that are equal are found alike
    And having executed:
      """
      CREATE ({id: 1, kind: 'integer'}), ({id: 1.0, kind: 'float'}), ({id: '1', kind: 'string'})
      """
    When executing query:
      """
      UNWIND [1, 1.0] AS key MATCH (n {id: key}) RETURN key, n.kind AS kind
      """
    Then the result should be, in any order:
      | key | kind      |
      | 1   | 'integer' |
      | 1   | 'float'   |
      | 1.0 | 'integer' |
      | 1.0 | 'float'   |

  Scenario Outline: SET and REMOVE
    And having executed:
      """
      CREATE (:项目 {name: '港口', 期: 1})
      """
    When executing query:
      """
      MATCH (n:项目) <change> RETURN n
      """
    Then the result should be, in any order:
      | n        |
      | <result> |

    Examples:
      | change                    | result                           |
      | SET n.期 = 2              | (:项目 {name: '港口', 期: 2})    |
      | SET n.期 = null           | (:项目 {name: '港口'})           |
      | SET n = {额: 1.5}         | (:项目 {额: 1.5})                |
      # a comment between rows
      | SET n += {期: null, 额: 3} | (:项目 {name: '港口', 额: 3})   |
      | SET n:重点:在建           | (:项目:重点:在建 {name: '港口', 期: 1}) |
      | REMOVE n.name, n:项目     | ({期: 1})                        |

  Scenario: what an index finds has its own values, before and after they change
    Given an empty graph
    And having executed:
      """
      CREATE (:部 {id: 7, 名: '甲'}), (:部 {id: 7.0, 名: '乙'}), (:部 {id: 8, 名: '丙'})
      """
    When executing query:
      """
      UNWIND [7, 8] AS i MATCH (n:部 {id: i}) RETURN n.名 AS 名, n.id AS id
      """
    Then the result should be, in any order:
      | 名   | id  |
      | '甲' | 7   |
      | '乙' | 7.0 |
      | '丙' | 8   |
    When executing query:
      """
      MATCH (n:部 {id: 8}) SET n.id = n.id + 1 SET n.id = n.id + 1 RETURN n.id AS id
      """
    Then the result should be, in any order:
      | id |
      | 10 |

  Scenario: a label that all nodes have when the statement begins, and no longer when it ends
    Given an empty graph
    And having executed:
      """
      CREATE (:部 {id: 1}), (:部 {id: 2})
      """
    When executing query:
      """
      UNWIND [1, 2] AS i
      MATCH (a:部 {id: i})
      CREATE (:省 {id: i})
      WITH i
      MATCH (b:部 {id: i})
      RETURN i, count(b) AS n
      """
    Then the result should be, in any order:
      | i | n |
      | 1 | 1 |
      | 2 | 1 |
    When executing query:
      """
      UNWIND [1, 2] AS i
      MATCH (a:部 {id: i})
      MATCH (b:省 {id: i})
      MERGE (a)-[:在]->(b)
      MERGE (a)-[:在]->(b)
      WITH a
      MATCH (a)-[r:在]->(c:省)
      RETURN count(r) AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |

  Scenario: labels are tested again where a statement run before took one away
    Given an empty graph
    And having executed:
      """
      CREATE (:部 {id: 1})-[:在]->(:部 {id: 2})
      """
    When executing query:
      """
      MATCH (a:部 {id: 1})-[:在]->(b:部) MERGE (a)-[:通]->(b) RETURN count(*) AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
    When executing query:
      """
      MATCH (b {id: 2}) REMOVE b:部
      """
    Then the result should be empty
    When executing query:
      """
      MATCH (a:部 {id: 1})-[:在]->(b:部) MERGE (a)-[:通]->(b) RETURN count(*) AS n
      """
    Then the result should be, in any order:
      | n |
      | 0 |

  Scenario: a subquery that writes, with rows and without
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2, 3] AS i CALL (i) { CREATE (n:数 {n: i}) RETURN n } RETURN n.n AS n ORDER BY n
      """
    Then the result should be, in order:
      | n |
      | 1 |
      | 2 |
      | 3 |
    And the side effects should be:
      | +nodes      | 3 |
      | +labels     | 1 |
      | +properties | 3 |
    When executing query:
      """
      MATCH (n:数) CALL { WITH n UNWIND range(1, n.n) AS k CREATE (n)-[:到]->(:他) } RETURN count(*) AS c
      """
    Then the result should be, in any order:
      | c |
      | 3 |
    And the side effects should be:
      | +nodes         | 6 |
      | +relationships | 6 |
      | +labels        | 1 |
    When executing query:
      """
      MATCH (n:数) CALL (n) { SET n.n = 0 } RETURN n.n AS n LIMIT 1
      """
    Then the result should be, in any order:
      | n |
      | 0 |
    And the side effects should be:
      | +properties | 3 |
      | -properties | 3 |
    When executing query:
      """
      MATCH (n) CALL { CREATE (:新) } MATCH (m:新) RETURN count(m) AS c
      """
    Then the result should be, in any order:
      | c  |
      | 81 |
    And the side effects should be:
      | +nodes  | 9 |
      | +labels | 1 |
    When executing query:
      """
      MATCH (n:新) CALL (n) { DELETE n }
      """
    Then the result should be empty
    And the side effects should be:
      | -nodes  | 9 |
      | -labels | 1 |
    When executing query:
      """
      MATCH (n) WHERE EXISTS { CALL { CREATE (m) RETURN m } RETURN m } RETURN n
      """
    Then a SyntaxError should be raised at compile time: InvalidClauseComposition

  Scenario: what was written by hand says so
    Given an empty graph
    When executing query:
      """
      CREATE (a)-[r:到]->(b) WITH a, r RETURN [e IN evidence(a) + evidence(r) | e.origin] AS e
      """
    Then the result should be, in any order:
      | e                  |
      | ['query', 'query'] |
    And the side effects should be:
      | +nodes         | 2 |
      | +relationships | 1 |

  Scenario: FOREACH writes for each element, and leaves the rows as they are
    When executing query:
      """
      UNWIND [['甲', '乙'], [], null] AS names
      CREATE (c:组)
      FOREACH (name IN names |
        MERGE (p:人 {name: name})
        CREATE (c)-[:有]->(p)
        SET p.times = coalesce(p.times, 0) + 1)
      RETURN size(names) AS n
      """
    Then the result should be, in order:
      | n    |
      | 2    |
      | 0    |
      | null |
    And the side effects should be:
      | +nodes         | 5 |
      | +relationships | 2 |
      | +labels        | 2 |
      | +properties    | 4 |
    When executing query:
      """
      MATCH (p:人)
      FOREACH (one IN CASE WHEN p.name = '甲' THEN [1] ELSE [] END |
        SET p.first = true
        FOREACH (n IN range(1, 2) | CREATE (p)-[:记]->(:记 {n: n + one})))
      WITH count(*) AS people
      MATCH (p {first: true})-[:记]->(r)
      RETURN people, p.name AS name, collect(r.n) AS notes
      """
    Then the result should be, in any order:
      | people | name | notes  |
      | 2      | '甲' | [2, 3] |
    And the side effects should be:
      | +nodes         | 2 |
      | +relationships | 2 |
      | +labels        | 1 |
      | +properties    | 3 |
    When executing query:
      """
      MATCH (p:人) FOREACH (p IN [1] | CREATE (:甲))
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound
    When executing query:
      """
      FOREACH (p IN [1] | CREATE (:甲)) MATCH (n) RETURN n
      """
    Then a SyntaxError should be raised at compile time: InvalidClauseComposition
