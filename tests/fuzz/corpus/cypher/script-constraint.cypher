CREATE (:市 {名: '甲'});
MERGE (n:市 {名: '甲'}) ON MATCH SET n.名 = '乙';
MATCH (n:市 {名: '甲'}) SET n.名 = '丙';
CREATE (:市 {名: '甲'});
CREATE (:县 {名: '丙'});
MATCH (n:县) SET n:市;
DROP CONSTRAINT 名;
MATCH (n:县) SET n:市;
CREATE CONSTRAINT 名 FOR (n:市) REQUIRE n.名 IS UNIQUE;
DROP CONSTRAINT 无 IF EXISTS;
SHOW CONSTRAINTS
