MATCH (a), (b), p = allShortestPaths((a)-[r:T*0..3 {x: 1}]-(b)) WHERE all(x IN r WHERE x.y > 1) AND length(p) > 1 RETURN p, shortestPath((a)<-[*]-(b))
