/* a */ RETURN // b
 1