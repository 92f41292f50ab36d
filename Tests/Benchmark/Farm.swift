import Budget
import Capture
import Foundation
import HTTP
import Snapshots
import TestSupport
import Tunnel
import Vocabulary

/// The server of a farm at work in a process of its own, and the cameras that it serves.
struct Farm {
    private let process: Process
    private let input: Pipe
    /// Of the pictures, then of the cameras.
    private let ports: [Int]

    /// Nothing listens there: TCPMUX, which nobody offers any more.
    private static let deadPort = 1

    static func start(cameras: Int) throws -> Farm {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [FarmServer.argument, "\(cameras)"]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let part = output.fileHandleForReading.availableData
            guard !part.isEmpty else { throw Failure.noServer }
            line += part
        }
        let ports = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        return Farm(process: process, input: input, ports: ports)
    }

    func stop() throws {
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// The port of a camera's tunnel.
    func port(of camera: Int) -> Int { ports[camera + 1] }

    func figures() throws -> ProcessFigures { try ProcessFigures(of: process.processIdentifier) }

    /// The camera of a number, by the name of that number.
    func setup(_ number: Int, policy: CapturePolicy) throws -> CameraSetup {
        let camera = FarmCamera(number: number)
        let origin = "127.0.0.1:\(camera == .dead ? Self.deadPort : ports[number + 1])"
        let source: CameraSource =
            if camera == .plain {
                .url(try CameraURL(parsing: "http://\(origin)/snapshot.jpg"))
            } else {
                .tunnel(try TunnelEndpoint(parsing: "http://user\(number):password@\(origin)"))
            }
        return CameraSetup(name: try CameraName("\(number)"), source: source, policy: policy)
    }

    private enum Failure: Error { case noServer }
}
