CREATE INDEX FOR (n:县) ON (n.人口);
CREATE (:县 {人口: 3}), (:县 {人口: 'a'}), (:县 {人口: [1, 2]}), (:县 {人口: date('2026-03-01')});
MATCH (n:县) WHERE n.人口 >= 2 SET n.人口 = -n.人口;
MATCH (n:县 {人口: -3.0}) SET n:市 REMOVE n:县;
MATCH (n:市) WHERE n.人口 IN [1, 2.5, null] DETACH DELETE n;
DROP INDEX 人口;
SHOW INDEXES YIELD name, state;
CREATE INDEX 人口 IF NOT EXISTS FOR (n:市) ON (n.人口);
MATCH (n:市) WHERE 0 < n.人口 < 9 RETURN n
