import FoundationEssentials
internal import Subprocess
import Vocabulary

/// A command that is run for an alert: the alert as JSON on its standard input, its main parts in its environment.
///
/// No shell is involved, so that nothing in an alert can be taken for one's syntax. What the command says on standard
/// error is seen on ours.
struct EventCommand: Sendable {
    let words: [String]
    var timeLimit = Duration.seconds(30)

    /// - Throws: ``DeliveryError`` where it cannot be run, fails, or takes too long; then it was ended, with the processes of
    ///   its own that it left in its group.
    func run(for alert: Alert, json: String) async throws(DeliveryError) {
        let result: Result<TerminationStatus, DeliveryError>? = await withTaskGroup(
            of: Result<TerminationStatus, DeliveryError>?.self
        ) { group in
            group.addTask { await Self.run(words, for: alert, json: json) }
            group.addTask { [timeLimit] in
                // Whether it ends by time or by being cancelled, the other task is what counts.
                try? await Task.sleep(for: timeLimit)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        let program = words.first ?? ""
        guard let result else { throw .tookTooLong(program, limit: timeLimit) }
        switch try result.get() {
        case .exited(0): return
        // env(1): 127 where there is no such program.
        case .exited(127): throw .programNotFound(program)
        case .exited(let code): throw .exited(program, status: "ended with status \(code)")
        case .signaled(let signal): throw .exited(program, status: "was killed by signal \(signal)")
        }
    }

    private static func run(
        _ words: [String], for alert: Alert, json: String
    ) async -> Result<TerminationStatus, DeliveryError> {
        var options = PlatformOptions()
        // In a group of its own, so that a Ctrl-C on the terminal does not reach it, and its children end with it.
        options.processGroupID = 0
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(2))
        ]
        do {
            // By env(1), which finds a program by its name or its path alike.
            let result = try await Subprocess.run(
                .name("env"), arguments: Arguments(words), environment: .custom(environment(of: alert)),
                platformOptions: options, input: .inputWriter, output: .discarded, error: .currentStandardError
            ) { execution in
                // Whoever does not read the alert may have ended by now: how it ended is what counts. (Given as a
                // whole, `.string`, the library would let a broken pipe end this process.)
                _ = try? await execution.standardInputWriter.write(json + "\n")
                try? await execution.standardInputWriter.finish()
            }
            return .success(result.terminationStatus)
        } catch {
            return .failure(.notStarted(words.first ?? "", reason: "\(error)"))
        }
    }

    /// The variables that a program needs to work for the user, and the alert's. Nothing else is handed on: the tunnel's
    /// credentials may stand in a variable of any name.
    private static func environment(of alert: Alert) -> [Environment.Key: String] {
        let inherited = ProcessInfo.processInfo.environment.filter { name, _ in
            handedOn.contains(name) || name.hasPrefix("LC_")
        }
        var variables = Dictionary(uniqueKeysWithValues: inherited.map { (Environment.Key(stringLiteral: $0), $1) })
        variables["PRINTLAPSE_EVENT"] = alert.kind.rawValue
        variables["PRINTLAPSE_CAMERA"] = alert.cameras.first?.text ?? ""
        variables["PRINTLAPSE_MESSAGE"] = alert.message
        variables["PRINTLAPSE_HINT"] = alert.hint ?? ""
        variables["PRINTLAPSE_TIME"] = alert.at.description
        return variables
    }

    private static let handedOn: Set = [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "XDG_RUNTIME_DIR",
        "XDG_CONFIG_HOME", "XDG_DATA_HOME", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "SSL_CERT_FILE",
        "SSL_CERT_DIR", "http_proxy", "https_proxy", "no_proxy",
    ]
}
