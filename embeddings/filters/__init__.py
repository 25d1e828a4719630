"""What a question says of the source it wants: publisher, article, time of publication."""
