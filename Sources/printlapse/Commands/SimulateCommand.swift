import ArgumentParser
import FoundationEssentials
import Simulator
import UnixSignals
import Vocabulary

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run a simulated tunnel and printer on this machine, to try things out.",
        discussion: """
            The tunnel answers as the real server does, also when it fails; the printer prints in quick motion, and its webcam \
            is drawn. It listens on 127.0.0.1 alone and runs until SIGINT or SIGTERM.

            Faults can be given now (--fault torn:3 tears one picture in three) or switched while it runs, at the control \
            address that it prints:
              curl -d 'fault=482' CONTROL/fault
            """)

    @Option(help: ArgumentHelp("Write the tunnel's endpoint into this file, readable by you alone.", valueName: "file"))
    var endpointFile: String?

    @Option(help: ArgumentHelp("The tunnel's port; 0 takes a free one.", valueName: "port"))
    var port = 0

    @Option(help: ArgumentHelp("A whole print takes this long, in real time.", valueName: "duration"))
    var printDuration = Span(.seconds(60))

    @Option(help: ArgumentHelp("A new picture every so often, in real time.", valueName: "duration"))
    var pictureInterval = Span(.milliseconds(200))

    @Option(help: ArgumentHelp("The picture's size.", valueName: "width×height"))
    var size = SizeArgument(PixelSize(width: 1280, height: 720))

    @Option(help: ArgumentHelp("The account's monthly cap, or off (default: 300MiB).", valueName: "size|off"))
    var cap: String?

    @Option(help: ArgumentHelp("Bytes of the allowance that are used already.", valueName: "size"))
    var used = ByteCount.zero

    @Option(
        help: ArgumentHelp(
            "A fault from the start; may be repeated. NAME always, NAME:n one time in n.", valueName: "name[:n]"))
    var fault: [String] = []

    @Option(help: ArgumentHelp("The same number draws the same print.", valueName: "n"))
    var seed: UInt64 = 1

    func run() async throws {
    }
}
