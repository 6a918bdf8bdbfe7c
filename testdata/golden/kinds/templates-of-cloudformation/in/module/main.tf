resource "aws_cloudformation_stack" "text" {
  name          = "text"
  template_body = <<-EOT
    Resources:
      Reader:
        Type: AWS::IAM::ManagedPolicy
        Properties:
          PolicyDocument:
            Statement:
              - {Effect: Allow, Action: "kms:Decrypt", Resource: "*"}
  EOT
}

resource "aws_cloudformation_stack" "encoded" {
  name = "encoded"
  template_body = jsonencode({
    Resources = {
      Reader = {
        Type = "AWS::IAM::ManagedPolicy"
        Properties = {
          PolicyDocument = {
            Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = "*" }]
          }
        }
      }
    }
  })
}
