name = upper("y")
