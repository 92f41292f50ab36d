import Archive
import ArgumentParser
import HTTP
import Tunnel
import Vocabulary

struct AuthorizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authorize",
        abstract: "Get a tunnel to a printer in the browser, and keep it for a camera.",
        usage: "printlapse authorize <camera> [<options>]",
        discussion: """
            Opens the server's authorization page and waits for the browser to come back. Where there is no browser, open the \
            address that is printed on any machine; if that one cannot come back here, paste the address of the page on \
            which it ends, or the endpoint, at the prompt.

            The credentials are kept in credentials.json in your configuration folder, readable by you alone. From then on \
            “printlapse capture CAMERA” needs no more, and a capture that runs takes new ones up by itself within seconds.

            With --octoprint it asks the OctoPrint behind the camera's tunnel for an API key as well, so that frames are filed \
            under the print's own name. OctoPrint asks you there; press “Allow”.

            Exit codes: 0 it works and is kept, 3 it is kept and could not be tried, 12 it was refused, 1 nothing came in time, \
            130 interrupted.
            """)

    @Argument(help: "The name under which the tunnel is kept and its frames are filed.", transform: Word.camera)
    var camera: CameraName

    @Option(help: ArgumentHelp("The server where you are signed in.", valueName: "url"))
    var server = AuthorizationPage.hostedServer

    @Option(help: ArgumentHelp("The printer's number on the server (default: the page asks).", valueName: "id"))
    var printer: String?

    @Option(
        help: ArgumentHelp(
            "Take the endpoint from this file, or - from standard input, without a browser.", valueName: "file|-"))
    var endpointFile: String?

    @Flag(help: "Print the page's address and open nothing.")
    var noBrowser = false

    @Option(
        help: ArgumentHelp("Give up after this time (default: 5m).", valueName: "duration"), transform: Word.duration)
    var wait = TunnelAuthorization.standardTimeLimit

    @Flag(help: "Get an API key of the OctoPrint behind the camera's tunnel, by its Application Keys.")
    var octoprint = false

    @Option(
        help: ArgumentHelp(
            "Take OctoPrint's API key from this file, or - from standard input, without asking OctoPrint.",
            valueName: "file|-"))
    var octoprintKeyFile: String?

    @Flag(help: "Forget the camera's tunnel with its OctoPrint key, and say how to revoke them.")
    var forget = false

    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        let wantsKey = octoprint || octoprintKeyFile != nil
        if forget || wantsKey, endpointFile != nil || printer != nil || noBrowser || forget && wantsKey {
            throw ValidationError(
                "\(forget ? "--forget" : "--octoprint") goes with no other option of authorizing.")
        }
    }

    func run() async throws {
        let store = CredentialSources.standard.store
        if forget { return try forgetTunnel(in: store) }
        // Credentials are shown once: what would keep us from storing them is to be known before they are made.
        try store.prepare()
        if octoprint || octoprintKeyFile != nil {
            try await authorizeOctoPrint(store)
        } else if let endpointFile {
            let enrolment = TunnelEnrolment(camera: camera, server: nil, store: store, network: network)
            try conclude(try await enrolment.enrol(try await endpoint(from: endpointFile)), store)
        } else {
            try await authorizeInBrowser(store)
        }
    }

    private func authorizeInBrowser(_ store: CredentialStore) async throws {
        let page = try AuthorizationPage(server: server, app: try AppName(Self.appName), printer: printer)
        let enrolment = TunnelEnrolment(camera: camera, server: page.server, store: store, network: network)
        let (opens, limit) = (!noBrowser, wait)
        let enrolled = try await interruptible {
            try await TunnelAuthorization(page: page, timeLimit: limit).run(
                present: { await Self.present($0, server: page.server, opens: opens, limit: limit) },
                pasted: { HiddenPrompt.isPossible ? await Self.askForEndpoint(Self.prompt) : nil },
                accept: { endpoint in
                    StandardError.write("A tunnel came: \(endpoint). Trying it …")
                    return try await enrolment.enrol(endpoint)
                })
        }
        try conclude(enrolled, store)
    }

    /// As the server lists it.
    static let appName = "Printlapse"
    private static let prompt = "Or paste here (it is not shown):"

    /// The address goes to standard output, for whoever opens it by other means.
    private static func present(_ address: String, server: Origin, opens: Bool, limit: Duration) async {
        let isOpening = opens && WebBrowser.open(address)
        StandardError.write(
            isOpening
                ? "Your browser opens \(server). If it does not, open this address:"
                : "Open this address in a browser where you are signed in at \(server):")
        // A reader that is gone does not end the flow: the browser may be open already.
        try? StandardOutput.line(address)
        try? StandardOutput.flush()
        StandardError.write("Waiting \(limit.shortText) for you to press “Authorize” there.")
    }

    private func endpoint(from file: String) async throws -> TunnelEndpoint {
        guard file == "-", HiddenPrompt.isPossible else { return try EndpointReader.read(file: file) }
        let endpoint = try await interruptible {
            await Self.askForEndpoint(
                "Paste the endpoint, or the address of the page that showed it (it is not shown):")
        }
        guard let endpoint else {
            throw CommandError("no endpoint was given", hint: "Paste it at the prompt.", status: .wrong)
        }
        return endpoint
    }

    private static func askForEndpoint(_ prompt: String) async -> TunnelEndpoint? {
        await HiddenPrompt.ask(prompt) { (line) throws(TunnelError) in try TunnelEndpoint(parsing: line) }
    }

    private func conclude(_ enrolled: TunnelEnrolment.Result, _ store: CredentialStore) throws {
        switch enrolled.proof {
        case .works(let usage):
            let used = usage.monthlyCap.map { "\(usage.total) of \($0) are used" } ?? "its allowance is unlimited"
            StandardError.write("“\(camera)” is authorized: the tunnel works, \(used) this month.")
        case .unknown(let error):
            StandardError.write("The tunnel is kept, but whether it works is not known:")
            StandardError.write("  " + error.message)
        }
        StandardError.write("Its credentials are in \(store.path), readable by you alone.")
        if let earlier = enrolled.earlier {
            StandardError.write("The tunnel that was kept before stays valid on the server. \(revoking(earlier))")
        }
        if enrolled.losesKey {
            StandardError.write(
                "The key of OctoPrint that was kept with it is not used for this tunnel, and forgotten.")
        }
        tellNext()
        if case .unknown = enrolled.proof { throw ExitStatus.doneInPart.code }
    }

    /// A capture that runs needs nothing more: it sees by itself that the credentials have changed.
    func tellNext() {
        guard let writer = LockHolder.current(ofArchive: common.archive.path) else {
            return StandardError.write("Next: printlapse capture '\(camera)'")
        }
        StandardError.write(
            """
            A capture is running (\(writer)); it takes this up by itself within seconds.
            “printlapse status '\(camera)'” shows it, after the camera's next slot.
            """)
    }

    private func forgetTunnel(in store: CredentialStore) throws {
        guard let tunnel = try store.remove(camera) else {
            let others = try store.tunnels().keys.sorted().map(\.text).joined(separator: ", ")
            throw CommandError(
                "no tunnel of “\(camera)” is kept in \(store.path)",
                hint: others.isEmpty ? "There is none at all." : "Those of these cameras are: \(others).",
                label: "no_tunnel", status: .wrong)
        }
        StandardError.write("Forgotten. The tunnel itself stays valid. \(revoking(tunnel))")
        if tunnel.octoPrintKey != nil {
            StandardError.write(
                "So does the key of OctoPrint: remove it in OctoPrint's settings under Application Keys.")
        }
    }

    /// A tunnel cannot revoke itself.
    private func revoking(_ tunnel: StoredTunnel) -> String {
        guard let server = tunnel.server else {
            return
                "To revoke it, sign in on its server, open Preferences → Authorized Apps, and remove the app that it "
                + "was made for."
        }
        return
            "To revoke it, sign in at \(server), open Preferences → Authorized Apps, and remove the “\(Self.appName)” "
            + "of \(tunnel.storedAt.localText)."
    }
}
