resource "aws_sqs_queue" "m" {
  name = "m"
}
