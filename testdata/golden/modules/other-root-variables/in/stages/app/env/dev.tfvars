name = "a6"
