name = "a4"
