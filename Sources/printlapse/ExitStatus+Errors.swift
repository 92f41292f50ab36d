import Archive
import Budget
import Care
import Catalog
import Export
import Gallery
import HTTP
import Import
import Settings
import Snapshots
import Stores
import Tunnel
import Vocabulary

extension ExitStatus {
    /// The exit code that goes with an error.
    init(of error: any ExplainedError) {
        self =
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
            case let error as StoreError:
                switch error {
                case .location: .usage
                case .refused, .expired: .credentialsRefused
                case .noCredentials, .credentialsFile: .configuration
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
}
