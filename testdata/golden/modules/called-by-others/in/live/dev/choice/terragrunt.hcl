terraform {
  source = "${get_env("REMOTE", "") == "" ? "${get_repo_root()}/modules/choice" : "git::https://git.example.com/infra.git//modules/choice?ref=${get_env("REMOTE")}"}"
}
