CREATE INDEX FOR ()-[r:到]-() ON (r.里)
