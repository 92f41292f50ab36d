import HTTP
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
        default: nil
        }
    }
}
