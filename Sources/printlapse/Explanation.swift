import Vocabulary

/// What to print about an error, and the exit code that goes with it; `nil` for errors of the argument parser.
func explanation(of error: any Error) -> (message: String, status: ExitStatus)? {
    guard let explained = error as? any ExplainedError else {
        return error is CancellationError ? ("interrupted", .interrupted) : nil
    }
    return (explained.message(hint: explained.commandHint), ExitStatus(of: explained))
}
