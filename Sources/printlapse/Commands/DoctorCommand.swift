import Archive
import ArgumentParser
import Capture
import Catalog
import Export
import FoundationEssentials
import Glibc
import NIOCore
import Tunnel
import Vocabulary

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the set-up and say what to do.",
        usage: "printlapse doctor [<options>]",
        discussion: "Exit code 1 where something needs doing.")

    @OptionGroup var endpoint: EndpointOptions
    @OptionGroup(title: "Network") var network: NetworkOptions

    @Flag(help: "Print the findings as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run() async throws {
        var findings = [await ffmpeg(), await archiveFile(), room(), configurationFile()]
        findings += await tunnel()
        if json {
            try JSONOutput.print(findings)
        } else {
            for finding in findings {
                let mark = finding.ok ? "✓" : "✗"
                try StandardOutput.line("\(mark) \(finding.subject.padding(to: 8)) \(finding.text)")
                if let hint = finding.hint { try StandardOutput.line("           \(hint)") }
            }
        }
        if !findings.allSatisfy(\.ok) { throw ExitStatus.wrong.code }
    }

    private struct Finding: Encodable {
        let subject: String
        let ok: Bool
        let text: String
        var hint: String?

        init(_ subject: String, ok: Bool = true, _ text: String, hint: String? = nil) {
            (self.subject, self.ok, self.text, self.hint) = (subject, ok, text, hint)
        }

        init(_ subject: String, failure: any Error) {
            let explained = failure as? any ExplainedError
            self.init(subject, ok: false, explained?.description ?? "\(failure)", hint: explained?.hint)
        }
    }

    private func ffmpeg() async -> Finding {
        do {
            return Finding("ffmpeg", "version \(try await FFmpeg.find().version)")
        } catch {
            return Finding("ffmpeg", failure: error)
        }
    }

    private func configurationFile() -> Finding {
        do {
            guard let configuration = try common.configuration.read() else {
                return Finding("config", "none at \(ConfigurationOptions.standardPath), and none is needed")
            }
            return Finding("config", configuration.cameras.count.counted("camera"))
        } catch {
            return Finding("config", failure: error)
        }
    }

    private func archiveFile() async -> Finding {
        do {
            let catalog = try Catalog.open(at: common.archive.path)
            let (frames, bytes) = try await catalog.count(FrameQuery())
            return Finding("archive", "\(common.archive.path), \(frames.counted("frame")), \(bytes)")
        } catch ArchiveError.notFound {
            return Finding("archive", "\(common.archive.path) does not exist yet; “capture” makes it")
        } catch {
            return Finding("archive", failure: error)
        }
    }

    private func room() -> Finding {
        var folder = URL(filePath: common.archive.path).deletingLastPathComponent().path
        while !FileManager.default.fileExists(atPath: folder), folder != "/", folder != "." {
            folder = URL(filePath: folder).deletingLastPathComponent().path
        }
        guard access(folder, W_OK) == 0 else {
            return Finding("disk", ok: false, "\(folder) cannot be written", hint: "Choose another --archive.")
        }
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else {
            return Finding("disk", ok: false, "\(folder) cannot be read", hint: "Choose another --archive.")
        }
        let free = ByteCount(UInt64(status.f_bavail) * UInt64(status.f_frsize))
        let isTight = free < ByteCount(1_000_000_000)
        return Finding(
            "disk", ok: !isTight, "\(free) free in \(folder)",
            hint: isTight ? "A day of pictures every 10 s takes about 1 GB: make room." : nil)
    }

    private func tunnel() async -> [Finding] {
        do {
            let endpoints = try tunnelEndpoints()
            guard !endpoints.isEmpty else {
                return [Finding("tunnel", "none yet; “printlapse authorize printer” gets one")]
            }
            return try await HTTPConnections.with(trusting: network.caFile) { connections in
                var findings: [Finding] = []
                for endpoint in endpoints {
                    let client = TunnelClient(endpoint: endpoint, transport: connections, limits: network.limits)
                    findings += await check(client, endpoint)
                }
                return findings
            }
        } catch {
            return [Finding("tunnel", failure: error)]
        }
    }

    /// The one that is named, else all that were authorized.
    private func tunnelEndpoints() throws -> [TunnelEndpoint] {
        let credentials = CredentialSources.standard
        if let endpoint = try endpoint.endpointOnCommandLine() ?? credentials.sharedEndpoint() { return [endpoint] }
        return try credentials.store.tunnels().sorted { $0.key < $1.key }.map(\.value.endpoint)
    }

    private func check(_ client: TunnelClient, _ endpoint: TunnelEndpoint) async -> [Finding] {
        var findings: [Finding] = []
        do throws(TunnelError) {
            let usage = try await client.usage(at: .wallClock)
            let cap = usage.monthlyCap.map { "\(usage.total) of \($0) used" } ?? "\(usage.total) used, unlimited"
            findings.append(Finding("tunnel", "\(endpoint.origin): \(cap)"))
        } catch {
            return [Finding("tunnel", failure: error)]
        }
        do throws(TunnelError) {
            switch try await client.webcam() {
            case .picture(let url):
                let picture = try await client.picture(at: url)
                findings.append(Finding("webcam", "a picture of \(ByteCount(picture.readableBytes))"))
            case .none:
                findings.append(Finding("webcam", "no picture now; there is one while the printer prints"))
            }
        } catch {
            findings.append(Finding("webcam", failure: error))
        }
        return findings
    }
}
