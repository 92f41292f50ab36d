import Archive
import Budget
import Capture
import Care
import Catalog
import Export
import Gallery
import HTTP
import Import
import Settings
import Snapshots
import Tunnel
import Vocabulary

/// A mistake of the command's own making to explain: a combination of options, a missing source.
struct CommandError: ExplainedError {
    let label: String
    let description: String
    let hint: String
    let status: ExitStatus

    /// Where there is no camera at all yet.
    static let noCamera = "no_camera"

    init(_ description: String, hint: String, label: String = "usage", status: ExitStatus = .usage) {
        self.label = label
        self.description = description
        self.hint = hint
        self.status = status
    }
}

/// What to print about an error, and the exit code that goes with it; `nil` for errors of the argument parser.
func explanation(of error: any Error) -> (message: String, status: ExitStatus)? {
    guard let explained = error as? any ExplainedError else {
        return error is CancellationError ? ("interrupted", .interrupted) : nil
    }
    return (explained.message(hint: explained.commandHint), status(of: explained))
}

private func status(of error: any ExplainedError) -> ExitStatus {
    switch error {
    case let error as CommandError: error.status
    case is ConfigurationError: .configuration
    case is VocabularyError, is RetentionPolicyError, ImportError.timeZone: .usage
    case let error as CredentialError:
        switch error {
        case .busy, .system: .wrong
        default: .configuration
        }
    case AuthorizationError.appName, GalleryServerError.certificate: .usage
    case let error as ArchiveError:
        switch error {
        case .notFound: .noArchive
        case .inUse: .archiveInUse
        default: .wrong
        }
    // What a command line or a configuration names; what a server announces is a slot's outcome.
    case TunnelError.http(.address(_, of: .server)), HTTPError.address(_, of: .camera): .usage
    case let error as any SourceFault:
        switch error.outcome {
        case .unauthorized: .credentialsRefused
        case .cap: .capReached
        default: .wrong
        }
    case let error as ExportError:
        switch error {
        case .unsupportedEnding, .unusablePace, .unusableSelection, .unusableName, .notForOutput, .notStreamed,
            .unusableVideo, .outputTwice:
            .usage
        case .interrupted: .interrupted
        default: .wrong
        }
    default: .wrong
    }
}
