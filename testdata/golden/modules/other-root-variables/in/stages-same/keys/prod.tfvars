name = "b7"
