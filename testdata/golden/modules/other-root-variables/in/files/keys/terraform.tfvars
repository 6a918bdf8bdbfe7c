name = "keys"
