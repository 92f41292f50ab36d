import Foundation
import Simulator
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(3))) struct `A capture with timelapses` {
    private struct Told: Decodable {
        struct Timelapse: Decodable {
            let rule: String
            let camera: String
            let print: Int64?
            let files: [String]
            let frames: Int
            let seconds: Double
            let bytes: Int64
            let poster: String?
        }
        let event: String
        let timelapse: Timelapse
    }

    @Test func `has a print's there soon after the print is over, without a command, and tells of it`() async throws {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 64, height: 48)
        (settings.warmUp, settings.speed, settings.octoPrintKey) = (.zero, 20, "KEY")
        settings.printDuration = .seconds(500_000)
        let tunnel = try await SimulatedTunnel.start(settings)
        let result: Result<Void, any Error>
        do {
            result = .success(
                try await ProgramBench.with { bench in
                    _ = try bench.file("tunnel.txt", tunnel.endpoint)
                    _ = try bench.file("key.txt", "KEY")
                    let config = try bench.file(
                        "config.yaml",
                        """
                        interval: 200ms
                        cameras:
                          - name: printer
                            endpoint_file: tunnel.txt
                            octoprint_key_file: key.txt
                        on_event:
                          command: [sh, -c, "cat > told.json"]
                          events: timelapse_ready
                        timelapses:
                          - after: print
                            wait: 1s
                            into: films
                            least_frames: 2
                            poster: yes
                        """)
                    let capture = try bench.start("capture", "--config", config, "--verbose")
                    while try capture.messagesSoFar().split(separator: "stored frame").count < 6, capture.isRunning {
                        try await ContinuousClock().sleep(for: .milliseconds(20))
                    }
                    tunnel.stopPrint()
                    #expect(try await capture.says("timelapse_ready was told by “sh”"))
                    capture.signal(SIGTERM)
                    #expect(try await capture.result().status == 0)

                    let told = try JSONDecoder().decode(
                        Told.self, from: try Data(contentsOf: bench.folder.appending(path: "told.json")))
                    #expect(told.event == "timelapse_ready")
                    #expect(told.timelapse.rule == "print")
                    #expect(told.timelapse.print == 1)
                    #expect(told.timelapse.frames >= 4)
                    #expect(told.timelapse.seconds > 0)
                    let films = bench.folder.appending(path: "films").path
                    let files = try FileManager.default.contentsOfDirectory(atPath: films).sorted()
                    #expect(
                        files.map { films + "/" + $0 }
                            == (told.timelapse.files + [told.timelapse.poster].compactMap(\.self)).sorted())
                    let list = try await bench.run("timelapses", "--json")
                    #expect(list.output.contains("\"state\":\"made\""), "\(list.output)")
                })
        } catch {
            result = .failure(error)
        }
        await tunnel.stop()
        try result.get()
    }
}
