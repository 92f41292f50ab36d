import HTTP
import Tunnel
import Vocabulary

extension AuthorizeCommand {
    /// Gets a key of the OctoPrint behind the tunnel that is kept, from its user or from a file.
    func authorizeOctoPrint(_ store: CredentialStore) async throws {
        guard let tunnel = try store.tunnels()[camera] else {
            throw CommandError(
                "no tunnel of “\(camera)” is kept in \(store.path)",
                hint: "Run “printlapse authorize '\(camera)'” first.", label: "no_tunnel", status: .wrong)
        }
        let enrolment = OctoPrintEnrolment(
            camera: camera, endpoint: tunnel.endpoint, store: store, network: network)
        if let octoprintKeyFile {
            try conclude(try await enrolment.enrol(try await key(from: octoprintKeyFile)), store)
            return
        }
        let (app, limit) = (try AppName(Self.appName), wait)
        let enrolled = try await interruptible {
            try await enrolment.enrol(asking: app, timeLimit: limit) {
                StandardError.write(
                    "OctoPrint asks its user now. Open it as you are used to, signed in, and press “Allow” where "
                        + "“\(app)” asks for access.")
                StandardError.write(
                    "(Through the tunnel it is at \(tunnel.endpoint), which wants the tunnel's user and password.)")
                StandardError.write("Waiting \(limit.shortText) for you.")
            }
        }
        try conclude(enrolled, store)
    }

    private func key(from file: String) async throws -> Secret {
        let source = file == "-" ? "the line" : file
        let parse = { @Sendable (text: String) throws(CredentialError) -> Secret in
            guard let key = Secret(octoPrintKey: text) else { throw .noKey(source: source) }
            return key
        }
        guard file == "-", HiddenPrompt.isPossible else {
            return try parse(try EndpointReader.text(inFile: file).revealed)
        }
        let key = try await interruptible {
            await HiddenPrompt.ask("Paste OctoPrint's API key (it is not shown):", reading: parse)
        }
        guard let key else {
            throw CommandError("no key was given", hint: "Paste it at the prompt.", status: .wrong)
        }
        return key
    }

    private func conclude(_ enrolled: OctoPrintEnrolment.Result, _ store: CredentialStore) throws {
        switch enrolled.proof {
        case .works(let job):
            let name = job.value.name.map { ", with “\($0.printable)” selected" } ?? ""
            StandardError.write("“\(camera)” has a key of its OctoPrint, which is \(job.value.state)\(name).")
        case .unknown(let error):
            StandardError.write("The key is kept, but whether it works is not known:")
            StandardError.write("  " + error.message)
        }
        StandardError.write(
            "It is in \(store.path), readable by you alone. Getting it took \(enrolled.spent) of the allowance.")
        tellNext()
        if case .unknown = enrolled.proof { throw ExitStatus.doneInPart.code }
    }
}
