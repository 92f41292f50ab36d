import ArgumentParser
import Budget
import Capture
import FoundationEssentials
import Settings
import Snapshots
import Vocabulary

struct CamerasAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a camera to the configuration.",
        usage: "printlapse cameras add <camera> [<options>]",
        discussion: """
            Without --url, --endpoint-file and --endpoint-variable it is a camera whose tunnel “printlapse authorize CAMERA” \
            gets. The configuration is made where there is none; its comments and layout stay. A capture that runs takes the \
            camera in by itself.
            """)

    @Argument(help: "The name under which its frames are filed.", transform: Word.camera)
    var camera: CameraName

    @Option(help: ArgumentHelp("A plain snapshot URL.", valueName: "url"))
    var url: String?

    @Option(help: ArgumentHelp("A file that holds the tunnel's endpoint.", valueName: "file"))
    var endpointFile: String?

    @Option(help: ArgumentHelp("An environment variable that holds the tunnel's endpoint.", valueName: "name"))
    var endpointVariable: String?

    @Option(help: ArgumentHelp("From one slot to the next (default: 10s).", valueName: "duration"))
    var interval: String?

    @Option(
        help: ArgumentHelp("Which pictures a tunnel is asked for (default: webcam).", valueName: "webcam|live|auto"))
    var source: PictureChoice?

    @OptionGroup var common: CommonOptions

    /// What the command line says of where the camera's address is found.
    private func value(of key: AddressKey) -> String? {
        switch key {
        case .endpointFile: endpointFile
        case .endpointVariable: endpointVariable
        case .url: url
        }
    }

    /// The same, as the configuration is to have it.
    private func written(_ value: String, of key: AddressKey) throws -> String {
        switch key {
        case .endpointVariable, .url: return value
        case .endpointFile:
            let path = URL(filePath: value).path
            guard FileManager.default.fileExists(atPath: path) else {
                throw CommandError("there is no file \(value.printable)", hint: "Check the path.", status: .wrong)
            }
            return path
        }
    }

    func validate() throws {
        guard AddressKey.allCases.compactMap(value).count <= 1 else {
            throw ValidationError("--url, --endpoint-file and --endpoint-variable each name a source; give one.")
        }
    }

    func run() throws {
        let address = try url.map { text in try CameraURL(parsing: text) }
        if let interval { _ = try Word.duration(interval) }
        var settings: [(key: String, value: String)] = []
        for key in AddressKey.allCases {
            if let value = value(of: key) { settings.append((key.rawValue, try written(value, of: key))) }
        }
        if let interval { settings.append(("interval", interval)) }
        if let source { settings.append(("source", source.rawValue)) }

        let file = EditableConfiguration(at: common.configuration.path)
        try file.change { [settings] text in
            try ConfigurationEdit(text ?? "", file: file.path).adding(camera, settings: settings)
        }
        if address?.credentials != nil, file.isExposed {
            StandardError.write(
                "printlapse: other users of this machine can read \(file.path), which holds a password now; "
                    + "“chmod 600” keeps it to yourself.")
        }
        StandardError.write("“\(camera)” is in \(file.path). “printlapse cameras test '\(camera)'” tries it out.")
    }
}
