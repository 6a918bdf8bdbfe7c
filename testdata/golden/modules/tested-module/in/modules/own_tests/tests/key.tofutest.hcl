run "plan" {
  variables {
    name = "test"
  }
}
