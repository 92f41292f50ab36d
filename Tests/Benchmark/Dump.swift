import Foundation
import NIOCore
import Simulator
import Vocabulary

enum Dump {
    static func run(_ folder: String, _ count: Int, _ stepMs: Int, _ width: Int, _ height: Int) throws {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: width, height: height)
        settings.warmUp = .seconds(0)
        settings.seed = UInt64(CommandLine.arguments[7])!
        settings.printDuration = .seconds(1800)
        let printer = SimulatedPrinter(settings)
        let camera = try SimulatedCamera(settings)
        var lines = ""
        for n in 0..<count {
            let t = Duration.milliseconds(n * stepMs)
            let p = try camera.picture(of: printer, at: t, number: n)
            try Data(p.readableBytesView).write(to: URL(fileURLWithPath: "\(folder)/\(n).jpg"))
            let h = printer.headPosition(at: t)
            lines += "\(h.x) \(h.y) \(h.z)\n"
        }
        try lines.write(toFile: "\(folder)/positions.txt", atomically: true, encoding: .utf8)
    }
}
