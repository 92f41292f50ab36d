import Foundation
import Simulator
import Testing
import Vocabulary

@Suite struct `The tunnel's password and the signature of a picture's address` {
    @Test func `are in no log, error, process list or database`() async throws {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 160, height: 120)
        settings.speed = 100
        settings.warmUp = .zero
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            var places: [String: String] = [:]
            // Every way to fail makes its own message.
            for fault in ["surplus", "torn:2", "403", "404", "500", "html", "relative", "482 on webcam", "401"] {
                tunnel.set(try Fault(parsing: fault))
                let program = try bench.start(
                    "capture", "--endpoint-file", endpoint, "--interval", "50ms", "--slots", "4", "--verbose", "--json")
                places["process list, \(fault)"] = try String(
                    contentsOfFile: "/proc/\(program.identifier)/cmdline", encoding: .utf8)
                let result = try await program.result()
                places["messages, \(fault)"] = result.messages
                places["output, \(fault)"] = result.output
                tunnel.clearFaults()
            }
            let refused = try await bench.run("usage", environment: ["PRINTLAPSE_TUNNEL": tunnel.endpoint + "0"])
            let broken = try await bench.run("usage", environment: ["PRINTLAPSE_TUNNEL": tunnel.endpoint + "/?x=%zz"])
            let exported = try await bench.run("export", "frames")
            #expect(exported.status == 0, "\(exported.messages)")

            places["refused"] = refused.output + refused.messages
            places["broken"] = broken.output + broken.messages
            for file in try FileManager.default.subpathsOfDirectory(atPath: bench.folder.path)
            where file != "tunnel.txt" {
                guard let data = FileManager.default.contents(atPath: bench.folder.appending(path: file).path) else {
                    continue
                }
                // Latin-1 has a character for each byte, so a text is found in binary files too.
                places[file] = String(data: data, encoding: .isoLatin1)
            }
            #expect(places.keys.contains("archive.sqlite"))
            let secrets = try Self.canaries(tunnel)
            #expect(secrets.count == 3)
            for (place, text) in places {
                for (name, secret) in secrets {
                    #expect(!text.contains(secret), "the \(name) is in \(place)")
                }
            }
            #expect(places["messages, surplus"]?.contains("stored frame") == true)
            #expect(places["process list, 401"]?.contains("--endpoint-file") == true)
        }
        await tunnel.stop()
    }

    /// The password, its Basic form, and a signature that the server made while capturing.
    private static func canaries(_ tunnel: SimulatedTunnel) throws -> [String: String] {
        let parts = try #require(URLComponents(string: tunnel.endpoint))
        let (user, password) = (try #require(parts.user), try #require(parts.password))
        let signed = try #require(tunnel.requests.last { $0.target.contains("digest=") })
        let digest = try #require(signed.target.split(separator: "digest=").last)
        return [
            "password": password, "authorization": Data("\(user):\(password)".utf8).base64EncodedString(),
            "signature": String(digest),
        ]
    }
}
