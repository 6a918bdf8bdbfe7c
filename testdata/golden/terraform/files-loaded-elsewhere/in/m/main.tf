variable "text" {
  type = string
}

resource "aws_ssm_parameter" "text" {
  name  = "text"
  type  = "String"
  value = jsondecode(var.text).Version
}

resource "aws_sns_topic_policy" "text" {
  arn    = "arn:aws:sns:eu-west-1:111122223333:t"
  policy = jsonencode({ Statement = jsondecode(var.text).Statement })
}
