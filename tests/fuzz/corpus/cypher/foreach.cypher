MATCH (n:Policy) FOREACH (x IN [y IN labels(n) WHERE y <> 'Entity'] | MERGE (t:标签 {name: x}) FOREACH (i IN [1] | CREATE (n)-[:标]->(t)) SET t.n = 1) WITH n MATCH (n)-[r:标]->() DELETE r
