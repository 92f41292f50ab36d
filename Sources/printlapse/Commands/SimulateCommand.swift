import ArgumentParser
import Foundation
import Simulator
import Vocabulary

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run a simulated tunnel and printer on this machine, to try things out.",
        usage: "printlapse simulate [<options>]",
        discussion: """
            The tunnel answers as the real server does, also when it fails; the printer prints in quick motion, and its webcam \
            is drawn. It listens on 127.0.0.1 alone and runs until SIGINT or SIGTERM.

            Faults are given now (--fault torn:3 tears one picture in three) or switched while it runs, at the control \
            address that it prints:
              curl -d '{"fault": "482 next 5"}' CONTROL
              curl -d '{"clear": true, "cap": 5000000, "advance": "40m"}' CONTROL
            --fault bad-day does everything at once for ten minutes (bad-day=2m for two), in an order that --seed shuffles: every \
            second picture torn or stalled all the while, an agent that is silent or says 481, 482, 483, 502, 504, usage calls that \
            fail, pages opened in mid-print, a pause, a print number that comes again, an account suspended and restored, an \
            announced host that cannot be reached. At the end it says how many pictures could be had, and how many were fetched.

            So are the print, with "print" as start, pause, resume or stop ("print_number" gives it another number than the next), \
            somebody who opens the server's page, with "boost" as a number of pictures, the failure detection, with "prediction" \
            from 0 to 1, \
            and OctoPrint's answer to a program that asks for an API key, with "octoprint_key" as allow or deny.
            """)

    @Option(help: ArgumentHelp("Write the tunnel's endpoint into this file, readable by you alone.", valueName: "file"))
    var endpointFile: String?

    @Option(help: ArgumentHelp("The tunnel's port; 0 takes a free one.", valueName: "port"))
    var port: UInt16 = 0

    @Option(
        help: ArgumentHelp("A print takes this long, by your clock (default: 1m).", valueName: "duration"),
        transform: Word.duration)
    var printDuration = Duration.seconds(60)

    @Option(
        help: ArgumentHelp("A new picture every so often, by your clock (default: 250ms).", valueName: "duration"),
        transform: Word.duration)
    var pictureInterval = Duration.milliseconds(250)

    @Option(help: ArgumentHelp("The pictures' size.", valueName: "width×height"))
    var size = PictureSizeArgument(size: PixelSize(width: 1280, height: 720))

    @Option(help: ArgumentHelp("The account's monthly cap, or off.", valueName: "size|off"))
    var cap = "300MiB"

    @Option(
        help: ArgumentHelp("Bytes of the allowance that are used already.", valueName: "size"), transform: Word.size)
    var used = ByteCount.zero

    @Option(
        help: ArgumentHelp(
            "A fault from the start, such as torn:3, 503, “482 next 5”, bad-day; may be repeated.", valueName: "fault"))
    var fault: [String] = []

    @Option(
        help: ArgumentHelp(
            "The API key that OctoPrint wants for its job and printer calls (default: none).", valueName: "key"))
    var octoprintKey: String?

    @Option(
        help: ArgumentHelp(
            "What OctoPrint says to a program that asks for an API key (default: the control decides).",
            valueName: "allow|deny"), transform: Self.decision)
    var keyRequests: KeyDecision?

    @Option(
        help: ArgumentHelp("The first print's number; a second server may begin with the same.", valueName: "n"))
    var firstPrint = 1001

    @Flag(help: "Do not print anything yet: the printer is idle.")
    var idle = false

    @Flag(help: "Print once, and stay idle from then on.")
    var once = false

    @Option(help: ArgumentHelp("The same number draws the same print.", valueName: "n"))
    var seed: UInt64 = 1

    @OptionGroup var common: CommonOptions

    func validate() throws {
        _ = try monthlyCap()
    }

    func run() async throws {
        let tunnel = try await SimulatedTunnel.start(settings())
        try await tunnel.prepareCamera()
        if let endpointFile { try write(tunnel.endpoint, to: endpointFile) }
        try StandardOutput.line("Tunnel     \(endpointFile.map { "its endpoint is in \($0)" } ?? tunnel.endpoint)")
        try StandardOutput.line("Authorize  \(tunnel.authorizationURL)")
        try StandardOutput.line("Control    \(tunnel.controlURL)")
        try StandardOutput.flush()
        let (signals, signal) = AsyncStream<Void>.makeStream()
        let work = EndingSignals.workBegins { signal.finish() }
        defer { withExtendedLifetime(work) {} }
        for await _ in signals {}
        if let report = tunnel.badDayReport {
            try StandardOutput.line(
                "Bad day    \(report.uploaded.grouped) pictures uploaded, \(report.available.grouped) of them to be had, "
                    + "\(report.sentWhole.grouped) of those fetched whole (\((report.share * 100).formatted(places: 1)) %)"
            )
        }
        await tunnel.stop()
    }

    private func settings() throws -> SimulatorSettings {
        var settings = SimulatorSettings()
        settings.seed = seed
        settings.pictureSize = size.size
        settings.tunnelPort = Int(port)
        settings.monthlyCap = try monthlyCap()
        settings.used = used
        settings.startsPrinting = !idle
        settings.repeats = !once
        settings.firstPrintNumber = firstPrint
        settings.octoPrintKey = octoprintKey
        settings.keyDecision = keyRequests
        for text in fault {
            if let length = try BadDay.length(parsing: text) {
                settings.badDay = length
            } else {
                settings.faults.append(try Fault(parsing: text))
            }
        }
        // Pictures come every 10 s of simulated time, as from a real printer.
        settings.speed = settings.pictureInterval / pictureInterval
        settings.printDuration = printDuration * settings.speed
        settings.warmUp = settings.pictureInterval * 4
        return settings
    }

    private static func decision(_ text: String) throws -> KeyDecision {
        guard let decision = KeyDecision(rawValue: text) else {
            throw ValidationError("--key-requests takes allow or deny.")
        }
        return decision
    }

    private func monthlyCap() throws -> ByteCount? {
        if cap == "off" { return nil }
        guard let size = try? ByteCount(parsing: cap) else {
            throw ValidationError("--cap takes a size such as 300MB, or off.")
        }
        return size
    }

    private func write(_ endpoint: String, to path: String) throws {
        let failure = CommandError(
            "\(path.printable) cannot be written", hint: "Choose another --endpoint-file.", label: "endpoint_file",
            status: .wrong)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: Data((endpoint + "\n").utf8))
            try file.close()
        } catch {
            throw failure
        }
    }
}

/// A picture's size as `1280x720` or `1280×720`.
struct PictureSizeArgument: ExpressibleByArgument, Sendable {
    let size: PixelSize

    init(size: PixelSize) {
        self.size = size
    }

    init?(argument: String) {
        let sides = argument.split(whereSeparator: { $0 == "x" || $0 == "×" }).map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1], width > 0, height > 0 else { return nil }
        size = PixelSize(width: width, height: height)
    }

    var defaultValueDescription: String { "\(size.width)x\(size.height)" }
}
