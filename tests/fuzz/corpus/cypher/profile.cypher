PROFILE MATCH (n:Policy) WHERE n.date > '2024' OR n.name STARTS WITH '关于' RETURN n.name
