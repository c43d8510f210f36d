MATCH (n:Policy) OPTIONAL CALL (n) { MATCH (n)--(m:Official|Company) RETURN m } CALL (m) { SET m.x = trim(BOTH 'a' FROM m.name) } RETURN normalize(m.name, NFKC)
