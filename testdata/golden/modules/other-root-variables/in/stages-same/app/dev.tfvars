name = "a7"
