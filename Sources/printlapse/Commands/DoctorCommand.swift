import Archive
import ArgumentParser
import Capture
import Catalog
import Export
import FoundationEssentials
import Glibc
import HTTP
import NIOCore
import Settings
import Storage
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
        let configuration = Result { try common.configuration.read() }
        let findings =
            await findingsHere(configuration) + films(configuration) + stores(configuration)
            + cameras(of: configuration)
        if json {
            try JSONOutput.print(findings)
        } else {
            for line in findings.flatMap(\.lines) { try StandardOutput.line(line) }
        }
        if !findings.allSatisfy(\.ok) { throw ExitStatus.wrong.code }
    }

    /// What can be said without asking a camera or the network.
    func findingsHere() async -> [Finding] { await findingsHere(Result { try common.configuration.read() }) }

    private func findingsHere(_ configuration: Result<JobConfiguration?, any Error>) async -> [Finding] {
        [await ffmpeg(), await archiveFile(), room(), finding(on: configuration), await clock()]
    }

    private func films(_ configuration: Result<JobConfiguration?, any Error>) async -> [Finding] {
        guard let configuration = try? configuration.get(), !configuration.timelapses.isEmpty else { return [] }
        return await TimelapseCheckup(
            timelapses: configuration.timelapses, configuration: common.configuration.path, archive: common.archive.path
        ).findings()
    }

    private func stores(_ configuration: Result<JobConfiguration?, any Error>) async -> [Finding] {
        await StoreCheckup(
            configured: try? configuration.get(), archive: common.archive.path, caFile: network.caFile
        ).findings(at: .wallClock)
    }

    private func ffmpeg() async -> Finding {
        do {
            let ffmpeg = try await FFmpeg.find()
            let abilities = try await ffmpeg.abilities()
            let text = abilities.writesText ? "" : ", no text on pictures (it lacks libass)"
            let lacks = abilities.lacks.map { ", no \($0.ending) (it lacks \($0.encoder))" }.joined()
            return Finding(
                "ffmpeg", ok: abilities.makes.contains(".mp4"),
                "version \(ffmpeg.version), makes \(abilities.makes.joined(separator: " "))\(lacks)\(text)",
                hint: abilities.makes.contains(".mp4") ? nil : "Install a build of ffmpeg with an encoder for H.264.")
        } catch {
            return Finding("ffmpeg", failure: error)
        }
    }

    private func finding(on configuration: Result<JobConfiguration?, any Error>) -> Finding {
        do {
            guard let configuration = try configuration.get() else {
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

    /// This machine's clock, and the times that the archive has by it.
    private func clock() async -> Finding {
        let now = Timestamp.wallClock
        let doubt = SystemClock.doubt(at: now)
        do {
            if let doubt, doubt.isSure {
                return Finding("clock", ok: false, "\(now.localText), \(doubt.sentence)", hint: doubt.hint)
            }
            if let trouble = try await clockTrouble(at: now) {
                return Finding("clock", ok: false, trouble.sentence, hint: trouble.hint)
            }
        } catch {
            return Finding("clock", failure: error)
        }
        return Finding(
            "clock", doubt.map { "\(now.localText), \($0.sentence)" } ?? now.localText, hint: doubt?.hint)
    }

    private func clockTrouble(at now: Timestamp) async throws -> ClockTrouble? {
        do {
            let catalog = try Catalog.open(at: common.archive.path)
            let latest = try await catalog.timeline(TimelineQuery(limit: 1, order: .newestFirst)).first?.lastSlot
            let events = try await catalog.clockEvents()
            return ClockTrouble(events, aheadUntil: latest.flatMap { $0 > now + .seconds(30) ? $0 : nil }, at: now)
        } catch ArchiveError.notFound {
            return nil
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
        guard let free = ByteCount.free(besides: folder) else {
            return Finding("disk", ok: false, "\(folder) cannot be read", hint: "Choose another --archive.")
        }
        let isTight = free < ByteCount(1_000_000_000)
        return Finding(
            "disk", ok: !isTight,
            free == ByteCount(Int64.max) ? "\(folder) does not say what is free" : "\(free) free in \(folder)",
            hint: isTight ? "A day of pictures every 10 s takes about 1 GB: make room." : nil)
    }

    private func cameras(of configuration: Result<JobConfiguration?, any Error>) async -> [Finding] {
        do {
            let setups = try setups(of: configuration)
            guard !setups.isEmpty else {
                return [Finding("tunnel", "none yet; “printlapse authorize printer” gets one")]
            }
            let declared = try configuration.get()?.accounts ?? [:]
            return try await HTTPConnections.with(trusting: network.caFile) { [limits = network.limits] connections in
                var checkups: [CameraCheckup] = []
                for setup in setups {
                    checkups.append(
                        CameraCheckup(
                            setup: setup, readings: await readings(of: setup, declared), transport: connections,
                            limits: limits, clock: SystemJobClock()))
                }
                return await Self.findings(of: checkups)
            }
        } catch {
            return [Finding("camera", failure: error)]
        }
    }

    /// - Returns: `nil` where the camera has no account, or there is no archive that can be read, which is a finding of its own.
    private func readings(of setup: CameraSetup, _ declared: [CameraName: String]) async -> AccountReadings? {
        guard setup.endpoint != nil else { return nil }
        return try? await AccountReadings(
            of: setup.name, declared: declared, archive: common.archive.path, at: .wallClock)
    }

    /// Some at a time: a camera that does not answer takes its ten seconds.
    private static let atOnce = 8

    private static func findings(of checkups: [CameraCheckup]) async -> [Finding] {
        await withTaskGroup(of: (Int, [Finding]).self) { group in
            var findings = Array(repeating: [Finding](), count: checkups.count)
            for (index, checkup) in checkups.enumerated() {
                if index >= atOnce, let (done, found) = await group.next() { findings[done] = found }
                group.addTask { (index, await checkup.findings()) }
            }
            for await (done, found) in group { findings[done] = found }
            return findings.flatMap(\.self)
        }
    }

    /// The one that is named, else all that a capture would take.
    private func setups(of configuration: Result<JobConfiguration?, any Error>) throws -> [CameraSetup] {
        let search = CameraSearch(reading: configuration.get, from: common.configuration)
        if let endpoint = try endpoint.endpointOnCommandLine() {
            return [CameraSetup(name: try search.singleName(of: []), source: .tunnel(endpoint))]
        }
        do {
            return try search.setups(of: [])
        } catch let error as CommandError where error.label == CommandError.noCamera {
            return []
        }
    }
}
