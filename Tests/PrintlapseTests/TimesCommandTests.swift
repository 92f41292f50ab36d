import Foundation
import Simulator
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(2))) struct `The program, asked about times` {
    @Test func `shows where time leaps, says so in status and doctor, and puts it right`() async throws {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 64, height: 48)
        settings.speed = 1000
        settings.warmUp = .zero
        settings.startsPrinting = false
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            let capture = try await bench.run(
                "capture", "--endpoint-file", endpoint, "--interval", "20ms", "--frames", "12")
            #expect(capture.status == 0, "\(capture.messages)")
            let well = try await bench.run("times")
            #expect(well.status == 0, "\(well.output) \(well.messages)")
            #expect(well.output.contains("Time does not leap."))

            let dry = try await bench.run("times", "--frames", "7-12", "--later", "9y")
            #expect(dry.status == 0, "\(dry.messages)")
            #expect(dry.output.contains("Nothing was moved; --apply moves them."))
            let still = try await bench.run("times")
            #expect(still.status == 0)

            let moved = try await bench.run("times", "--frames", "7-12", "--later", "9y", "--apply", "--json")
            #expect(moved.status == 0, "\(moved.messages)")
            #expect(moved.output.contains("\"applied\" : true") || moved.output.contains("\"applied\":true"))
            let wrong = try await bench.run("times")
            #expect(wrong.status == 1)
            #expect(wrong.output.contains("ahead of this clock"), "\(wrong.output)")
            #expect(wrong.output.contains("printlapse times --stretch 2"))
            #expect(wrong.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(wrong.output)")
            let status = try await bench.run("status")
            #expect(status.status == 1)
            #expect(status.output.contains("ahead of this machine's clock"), "\(status.output)")
            let doctor = try await bench.run("doctor", "--endpoint-file", endpoint)
            #expect(doctor.output.contains("✗ clock"), "\(doctor.output)")
            let sound = try await bench.run("verify")
            #expect(sound.status == 0, "\(sound.output)")

            let back = try await bench.run("times", "--stretch", "2", "--earlier", "9y", "--apply")
            #expect(back.status == 0, "\(back.messages)")
            let again = try await bench.run("times", "--json")
            #expect(again.status == 0, "\(again.output)")
            let verified = try await bench.run("verify")
            #expect(verified.status == 0, "\(verified.output)")
        }
        await tunnel.stop()
    }

    @Test(arguments: [
        ["--stretch", "1"], ["--apply"], ["--stretch", "1", "--frames", "1-2", "--later", "1h"],
        ["--frames", "5-2", "--later", "1h"], ["--stretch", "1", "--later", "1h", "--earlier", "1h"],
    ])
    func `refuses what contradicts itself`(arguments: [String]) async throws {
        try await ProgramBench.with { bench in
            let program = try bench.start("times", arguments: arguments)
            let result = try await program.result()
            #expect(result.status == 64, "\(result.messages)")
        }
    }
}
