module "worker" {
  source = "./m"
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = module.worker.role_arn
  filename      = "worker.zip"
}
