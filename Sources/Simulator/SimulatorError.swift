internal import Vocabulary

/// Why the simulator could not start or did not understand what was asked of it.
package enum SimulatorError: ExplainedError, Hashable {
    case cannotListen(port: Int, reason: String)
    case fault(String, reason: String)
    case settings(reason: String)
    case encoding(reason: String)

    /// A short constant for logs and metrics.
    package var label: String {
        switch self {
        case .cannotListen: "cannot_listen"
        case .fault: "fault"
        case .settings: "settings"
        case .encoding: "encoding"
        }
    }

    package var description: String {
        switch self {
        case .cannotListen(let port, let reason): "cannot listen on 127.0.0.1, port \(port): \(reason)"
        case .fault(let text, let reason): "“\(text.printable)” is not a fault: \(reason)"
        case .settings(let reason): "the simulator cannot run like this: \(reason)"
        case .encoding(let reason): "libjpeg-turbo did not encode the picture: \(reason)"
        }
    }

    /// What the person does now.
    package var hint: String {
        switch self {
        case .cannotListen: "Choose another port, or 0 to let the system choose one."
        case .fault: "Write a name with an optional rate, such as torn:3, 503, slow=2s or “reset on webcam next 5”."
        case .settings: "Choose values within the ranges that the settings name."
        case .encoding: "Choose another size or quality of the pictures."
        }
    }
}
