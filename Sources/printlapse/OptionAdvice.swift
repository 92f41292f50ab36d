import Archive
import Budget
import Care
import Export
import HTTP
import Packs
import Snapshots
import Tunnel
import Vocabulary

extension ExplainedError {
    /// What the person does now, and the option by which it is done here: libraries know of no command line.
    var commandHint: String { option.map { "\(hint.asSentence) \($0)" } ?? hint }

    private var option: String? {
        switch self as any ExplainedError {
        case SnapshotError.camera(.noAnswer(_, _, true)), SnapshotError.tunnel(.http(.noAnswer(_, _, true))),
            TunnelError.http(.noAnswer(_, _, true)):
            "Here by --picture-deadline 30s."
        case TunnelError.status(.plain(.forbidden), .octoPrint, _):
            "“printlapse authorize CAMERA --octoprint” gets one, too."
        case TunnelError.status(.overCap, _, _): "--source webcam takes announced ones."
        case AuthorizationError.cannotListen: "It is taken by --endpoint-file."
        case AuthorizationError.timedOut: "The address is given by --server."
        case AuthorizationError.keysNotOffered: "The file is taken by --octoprint-key-file."
        case CredentialError.notAFile: "“--endpoint-file -” takes an endpoint from a pipe."
        case ArchiveError.notFound: "The path is given by --archive or PRINTLAPSE_ARCHIVE."
        case VerifyJournalError.otherRequest, VerifyJournalError.nothingToResume, VerifyJournalError.unreadable,
            VerifyJournalError.ofAnotherArchive, VerifyJournalError.tooOld:
            "It begins anew without --resume."
        case PackError.nothingAsked: "Here by --older-than 30d or --keep-free 20GB."
        case PackError.noRoom: "It is --since and --until that choose."
        case BackupError.occupied: "--force replaces it."
        case BudgetError.capReached(_, let reason): reason.option
        case let error as ExportError: error.option
        default: nil
        }
    }
}

extension CapReason {
    /// What the person does now, and by which option.
    var commandHint: String { option.map { "\(hint.asSentence) \($0)" } ?? hint }

    fileprivate var option: String? {
        switch self {
        case .ownStop: "--cap-stop raises it."
        case .ownersReserve: "--reserve says how large it is."
        case .serverRefused: "--source webcam takes those alone."
        case .pace: "It is --pace that leaves slots out."
        case .noReading, .liveShare: nil
        }
    }
}

extension ExportError {
    fileprivate var option: String? {
        switch self {
        case .outputExists: "--force replaces it."
        case .unusableSheet: "They are --frames and --columns."
        case .unusablePace: "Here by --fps, --duration and --real-time."
        case .unusableSelection: "Here by --every 2 and --frames 500."
        case .tooLarge: "Here by --frames or --duration, --scale 480p and --max-size."
        case .notStreamed: "--format tar and --format zip say so."
        case .notForOutput(let option, _): "Here it is --\(option.rawValue)."
        case .noFrames: "It is --since, --until, --camera and --print that choose."
        case .allLeftOut:
            "It is --no-tagged, --skip-dark and --skip-still that leave out; --with-suspect takes suspect ones."
        case .ffmpegLacksEncoder: "--codec chooses one."
        case .ffmpegStalled: "--every and --duration take fewer."
        case .unsupportedEnding, .unusableOutput, .notReplaced, .noSuchFolder, .unusableName, .unusableVideo,
            .outputTwice, .fontMissing, .nothingReadable, .ffmpegMissing, .ffmpegTooOld, .ffmpegFailed,
            .ffmpegSilent, .noRoom, .diskFull, .readerGone, .fileSystem, .archive, .interrupted:
            nil
        }
    }
}
