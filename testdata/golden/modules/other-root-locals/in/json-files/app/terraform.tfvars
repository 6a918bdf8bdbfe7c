name = upper("x")
