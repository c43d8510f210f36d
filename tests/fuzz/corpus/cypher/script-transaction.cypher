BEGIN;
CREATE (:市 {名: '丙', 人口: 7});
MATCH (n:市 {人口: 7}) SET n.人口 = 8 WITH n MATCH (m:市 {人口: 8}) RETURN m.名;
BEGIN;
COMMIT;
BEGIN;
MATCH (n:市) DETACH DELETE n;
CREATE INDEX FOR (n:市) ON (n.名);
COMMIT;
BEGIN;
MATCH ()-[r:路]->() DELETE r;
ROLLBACK;
ROLLBACK;
BEGIN;
UNWIND [1, 0] AS i CREATE (:戊 {x: 1 / i});
MATCH ()-[r:路 {长: 2}]->() RETURN count(r)
