name = "a5"
