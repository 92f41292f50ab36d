import ArgumentParser
import Capture
import HTTP
import NIOCore
import Snapshots
import Tunnel
import Validation
import Vocabulary

struct CamerasTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Fetch one picture of a camera, check it, and say what it is. Nothing is kept.",
        usage: "printlapse cameras test [<camera>] [<options>]",
        discussion: """
            Exit codes: 0 a whole picture came, 3 the camera works and has no picture now, 1 none could be had, 12 its \
            credentials were refused.
            """)

    @Argument(
        help: "A camera of the configuration, or an authorized one (default: the only one).", completion: .cameras,
        transform: Word.camera)
    var camera: CameraName?

    @OptionGroup var endpoint: EndpointOptions

    @Option(help: ArgumentHelp("A plain snapshot URL instead of a tunnel.", valueName: "url"))
    var url: String?

    @Option(
        help: ArgumentHelp("Which picture a tunnel is asked for; a live one costs allowance.", valueName: "webcam|live")
    )
    var source: PictureChoice?

    @Flag(help: "Print as JSON.")
    var json = false

    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        var setup = network.applied(to: try cameraSetup())
        if let source, let endpoint = setup.endpoint {
            setup.source = .tunnel(endpoint, source == .live ? .live : .announced)
        }
        let started = ContinuousClock.now
        let (answer, remarks) = try await HTTPConnections.with(trusting: network.caFile) { [setup] connections in
            let probe = CameraProbe(
                of: setup, transport: connections, limits: network.limits, clock: SystemJobClock())
            let answer = try await probe.take()
            return (answer, probe.remarks(of: answer))
        }
        let result = ProbeResult(
            camera: setup.name, answer: answer, remarks: remarks, took: ContinuousClock.now - started, now: .wallClock)
        if json {
            try JSONOutput.print(result)
        } else {
            for line in result.lines { try StandardOutput.line(line) }
        }
        switch answer {
        case .picture: return
        case .noPicture: throw ExitStatus.doneInPart.code
        case .rejected: throw ExitStatus.wrong.code
        }
    }

    private func cameraSetup() throws -> CameraSetup {
        let search = CameraSearch(configuration: common.configuration)
        let names = camera.map { [$0] } ?? []
        if let endpoint = try endpoint.endpointOnCommandLine() {
            return CameraSetup(name: try search.singleName(of: names), source: .tunnel(endpoint))
        }
        if let url {
            return CameraSetup(name: try search.singleName(of: names), source: .url(try CameraURL(parsing: url)))
        }
        return try search.onlySetup(of: names)
    }
}

/// What a camera answered, for showing.
struct ProbeResult: Encodable {
    let camera: CameraName
    let answer: CameraProbe.Answer
    let remarks: [SourceRemark]
    let took: Duration
    let now: Timestamp

    private enum CodingKeys: String, CodingKey {
        case camera, ok, problem, width, height, bytes, variant, source, attempts, received, seconds, remarks
        case takenAt = "taken_at"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(camera.text, forKey: .camera)
        try container.encode(Double(took.milliseconds) / 1000, forKey: .seconds)
        var ok = false
        switch answer {
        case .picture(let frame, let received, let attempts):
            ok = true
            try container.encode(frame.size.width, forKey: .width)
            try container.encode(frame.size.height, forKey: .height)
            try container.encode(ByteCount(frame.bytes.readableBytes).bytes, forKey: .bytes)
            try container.encode(frame.origin.variant?.rawValue, forKey: .variant)
            try container.encode(frame.origin.source.rawValue, forKey: .source)
            try container.encode(frame.origin.takenAt?.description, forKey: .takenAt)
            try container.encode(received.bytes, forKey: .received)
            try container.encode(attempts, forKey: .attempts)
        case .noPicture(let reason):
            try container.encode(reason.label, forKey: .problem)
        case .rejected(let rejection, let attempts):
            try container.encode(rejection.label, forKey: .problem)
            try container.encode(attempts, forKey: .attempts)
        }
        try container.encode(ok, forKey: .ok)
        try container.encode(remarks.map(\.label), forKey: .remarks)
    }

    var lines: [String] {
        switch answer {
        case .picture(let frame, let received, let attempts):
            var lines = [
                "✓ \(camera): a whole picture, \(frame.size), \(ByteCount(frame.bytes.readableBytes)), in \(took.shortText)"
            ]
            switch (frame.origin.source, frame.origin.variant) {
            case (.webcamAPI, .raw): lines.append("  Announced by the webcam API, uploaded while printing.")
            case (.webcamAPI, .tagged):
                lines.append("  Announced by the webcam API, with the failure detection's boxes drawn in.")
            case (.webcamAPI, _): lines.append("  Announced by the webcam API, uploaded while nothing prints.")
            case (.live, _): lines.append("  From the live camera; \(received) of the allowance are used.")
            case (.url, _), (.imported, _): break
            }
            if let taken = frame.origin.takenAt { lines.append("  Taken \(max(.zero, now - taken).wholeText) ago.") }
            if attempts > 1, frame.suspicion?.kind != .noEOI {
                lines.append("  It came torn \((attempts - 1).counted("time")) before; captures ask again.")
            }
            for remark in remarks { lines += ["  \(remark.description)", "  \(remark.hint)"] }
            return lines
        case .noPicture(let reason):
            return [
                "– \(camera): no picture now: \(reason.phrase).",
                "  Pictures are uploaded while the printer prints or somebody watches; the camera is asked again.",
            ]
        case .rejected(let rejection, _):
            return ["✗ \(camera): \(rejection.description).", "  \(rejection.hint)"]
        }
    }
}
