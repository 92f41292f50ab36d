import Foundation
import HTTP
import TestSupport
import Testing
import Vocabulary

@testable import Tunnel

@Suite struct `The credential store` {
    private let base: TemporaryFolder
    private let store: CredentialStore
    private let camera: CameraName
    private var file: String { store.path }

    init() throws {
        base = try TemporaryFolder()
        store = CredentialStore(
            folder: base.url.appending(path: "config/printlapse").path, patience: .milliseconds(50))
        camera = try CameraName("Prusa MK4 (left)")
    }

    private func tunnel(_ user: String = "canary") throws -> StoredTunnel {
        StoredTunnel(
            endpoint: try TunnelEndpoint(parsing: "https://\(user):canary%40%25@abc.tunnels.example.org"),
            server: try Origin(parsingServer: "https://app.example.org"),
            storedAt: Timestamp(seconds: 1_795_442_400))
    }

    private func mode(_ path: String) -> Int? { FileManager.default.permissions(of: path) }

    @Test func `gives back what it was given, and is empty where there is nothing`() throws {
        #expect(try store.tunnels().isEmpty)
        #expect(try store.save(tunnel(), of: camera) == nil)
        #expect(try store.tunnels() == [camera: tunnel()])
        let garage = try CameraName("garage")
        let brought = StoredTunnel(
            endpoint: try TunnelEndpoint(parsing: "http://u:p@[::1]:3334"), server: nil,
            storedAt: Timestamp(seconds: 1_795_442_401))
        try store.save(brought, of: garage)
        #expect(try store.tunnels() == [camera: tunnel(), garage: brought])
        #expect(try store.save(tunnel("new"), of: camera) == tunnel())
        #expect(try store.remove(camera) == tunnel("new"))
        #expect(try store.remove(camera) == nil)
        #expect(try store.tunnels() == [garage: brought])
    }

    @Test func `keeps a key of OctoPrint beside its tunnel, and needs one for it`() throws {
        #expect(try store.save(octoPrintKey: Secret("KEY"), of: camera) == false)
        let tunnel = try tunnel()
        try store.save(tunnel, of: camera)
        #expect(try store.save(octoPrintKey: Secret("KEY"), of: camera))
        #expect(try store.tunnels()[camera]?.octoPrintKey == Secret("KEY"))
        #expect(try store.tunnels()[camera]?.endpoint == tunnel.endpoint)
        #expect(try store.remove(camera)?.octoPrintKey == Secret("KEY"))
    }

    @Test func `keeps the key for a new tunnel of the same server, and for no other`() throws {
        try store.save(tunnel(), of: camera)
        _ = try store.save(octoPrintKey: Secret("KEY"), of: camera)
        let again = StoredTunnel(
            endpoint: try TunnelEndpoint(parsing: "https://new:p@def.tunnels.example.org"), server: try tunnel().server,
            storedAt: Timestamp(seconds: 1_795_442_401))
        try store.save(again, of: camera)
        #expect(try store.tunnels()[camera]?.octoPrintKey == Secret("KEY"))
        for text in ["https://new:p@def.tunnels.example.org", "https://new:p@abc.tunnels.example.com"] {
            let brought = StoredTunnel(
                endpoint: try TunnelEndpoint(parsing: text), server: nil, storedAt: Timestamp(seconds: 1_795_442_402))
            try store.save(brought, of: camera)
            let isSameOrigin = text == "https://new:p@def.tunnels.example.org"
            #expect(try store.tunnels()[camera]?.octoPrintKey == (isSameOrigin ? Secret("KEY") : nil))
        }
    }

    @Test func `is in the first format without a key, and in one that older programs refuse with it`() throws {
        func format() throws -> String? {
            try String(contentsOfFile: file, encoding: .utf8).firstMatch(of: /"format" : (\d+)/)?.output.1.description
        }
        try store.save(tunnel(), of: camera)
        #expect(try format() == "1")
        _ = try store.save(octoPrintKey: Secret("KEY"), of: camera)
        #expect(try format() == "2")
        _ = try store.remove(camera)
        try store.save(tunnel(), of: try CameraName("garage"))
        #expect(try format() == "1")
    }

    @Test func `says that a key is damaged, and does not tell it`() throws {
        try store.save(tunnel(), of: camera)
        _ = try store.save(octoPrintKey: Secret("KEY"), of: camera)
        let damaged = try String(contentsOfFile: file, encoding: .utf8)
            .replacingOccurrences(of: #""KEY""#, with: #""canary canary""#)
        let handle = try #require(FileHandle(forWritingAtPath: file))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data(damaged.utf8))
        try handle.close()
        let error = #expect(throws: CredentialError.self) { try store.tunnels() }
        #expect(error?.label == "credentials_damaged")
        #expect(error?.message.contains("canary") == false)
    }

    @Test func `is private to its user, whatever the umask`() throws {
        let before = umask(0)
        defer { umask(before) }
        try store.save(tunnel(), of: camera)
        #expect(mode(file) == 0o600)
        #expect(mode(store.folder) == 0o700)
        #expect(mode(base.url.appending(path: "config").path) == 0o700)
        #expect(mode(store.folder + "/.credentials.lock") == 0o600)
    }

    @Test func `closes a folder that was there already`() throws {
        try FileManager.default.createDirectory(
            atPath: store.folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o775])
        chmod(store.folder, 0o775)
        try store.save(tunnel(), of: camera)
        #expect(mode(store.folder) == 0o700)
        #expect(try store.tunnels().count == 1)
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o602, 0o644, 0o610] as [mode_t])
    func `refuses a file that is open to others, and leaves it as it is`(mode: mode_t) throws {
        try store.save(tunnel(), of: camera)
        chmod(file, mode)
        let expected = CredentialError.readableByOthers(path: file, mode: UInt32(mode))
        #expect(throws: expected) { try store.tunnels() }
        #expect(throws: expected) { try store.save(tunnel("new"), of: camera) }
        #expect(throws: expected) { try store.remove(camera) }
        #expect(expected.hint.contains("chmod 600 \(file.printable)"))
        chmod(file, 0o600)
        #expect(try store.tunnels() == [camera: tunnel()])
    }

    @Test func `refuses to read from a folder that others can change`() throws {
        try store.save(tunnel(), of: camera)
        chmod(store.folder, 0o770)
        #expect(throws: CredentialError.folderWritableByOthers(path: store.folder, mode: 0o770)) {
            try store.tunnels()
        }
    }

    @Test func `refuses a symbolic link, and writes through none`() throws {
        try store.save(tunnel(), of: camera)
        let elsewhere = base.url.appending(path: "elsewhere.json").path
        try FileManager.default.moveItem(atPath: file, toPath: elsewhere)
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: elsewhere)
        let content = FileManager.default.contents(atPath: elsewhere)
        #expect(throws: CredentialError.symbolicLink(path: file)) { try store.tunnels() }
        #expect(throws: CredentialError.symbolicLink(path: file)) { try store.save(tunnel("new"), of: camera) }
        #expect(FileManager.default.contents(atPath: elsewhere) == content)
    }

    @Test func `writes through no link that stands in the temporary file's place`() throws {
        let elsewhere = base.url.appending(path: "elsewhere").path
        try FileManager.default.createDirectory(atPath: store.folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: file + ".new", withDestinationPath: elsewhere)
        try store.save(tunnel(), of: camera)
        #expect(!FileManager.default.fileExists(atPath: elsewhere))
        #expect(try store.tunnels() == [camera: tunnel()])
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
    func `refuses a file or a folder of another owner`() throws {
        try store.save(tunnel(), of: camera)
        chown(file, 12_345, 12_345)
        #expect(throws: CredentialError.ofAnotherOwner(path: file)) { try store.tunnels() }
        chown(file, 0, 0)
        chown(store.folder, 12_345, 12_345)
        #expect(throws: CredentialError.ofAnotherOwner(path: store.folder)) { try store.tunnels() }
        #expect(throws: CredentialError.ofAnotherOwner(path: store.folder)) { try store.save(tunnel(), of: camera) }
    }

    @Test func `waits for no pipe, and takes no folder for a file`() throws {
        try store.prepare()
        mkfifo(file, 0o600)
        #expect(throws: CredentialError.notAFile(path: file)) { try store.tunnels() }
        unlink(file)
        mkdir(file, 0o700)
        #expect(throws: CredentialError.notAFile(path: file)) { try store.tunnels() }
    }

    @Test(arguments: [
        "", "canary", "[]", #"{"format": 1}"#, #"{"format": 1, "tunnels": {"a": {"endpoint": "canary"}}}"#,
        #"{"format": 1, "tunnels": {"a": {"endpoint": "https://canary:canary@@x", "stored_at": "2026-11-23T00:00:00Z"}}}"#,
        #"{"format": 1, "tunnels": {"../a": {"endpoint": "https://u:canary@x", "stored_at": "2026-11-23T00:00:00Z"}}}"#,
        #"{"format": 1, "tunnels": {"a": {"endpoint": "https://u:canary@x", "stored_at": "canary"}}}"#,
    ])
    func `says that a damaged file is one, overwrites it not, and tells no secret`(content: String) throws {
        try store.prepare()
        try write(content)
        for attempt in [{ _ = try store.tunnels() }, { _ = try store.save(tunnel(), of: camera) }] {
            let error = #expect(throws: CredentialError.self) { try attempt() }
            #expect(error?.label == "credentials_damaged")
            #expect(error?.message.contains("canary") == false)
        }
        #expect(FileManager.default.contents(atPath: file) == Data(content.utf8))
    }

    @Test func `refuses a newer version's file by name`() throws {
        try store.prepare()
        try write(#"{"format": 3, "gardens": []}"#)
        #expect(throws: CredentialError.tooNew(path: file, version: 3)) { try store.save(tunnel(), of: camera) }
    }

    private func write(_ content: String) throws {
        guard
            FileManager.default.createFile(
                atPath: file, contents: Data(content.utf8), attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
    }

    @Test func `loses nothing to writers at the same time, and readers see it whole`() async throws {
        let patient = CredentialStore(folder: store.folder)
        let tunnel = try tunnel()
        try patient.save(tunnel, of: camera)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    for round in 0..<5 {
                        try patient.save(tunnel, of: try CameraName("camera \(writer)-\(round)"))
                        #expect(try patient.tunnels()[try CameraName("camera \(writer)-\(round)")] == tunnel)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try patient.tunnels().count == 41)
    }

    @Test func `does not wait for ever for a process that keeps it locked`() throws {
        try store.prepare()
        let lock = store.folder + "/.credentials.lock"
        let holder = Process()
        holder.executableURL = URL(filePath: "/usr/bin/flock")
        holder.arguments = [lock, "sh", "-c", "echo held; exec cat"]
        let (input, output) = (Pipe(), Pipe())
        (holder.standardInput, holder.standardOutput) = (input, output)
        try holder.run()
        #expect(output.fileHandleForReading.readData(ofLength: 5) == Data("held\n".utf8))
        #expect(throws: CredentialError.busy(path: lock)) { try store.save(tunnel(), of: camera) }
        #expect(try store.tunnels().isEmpty)
        try input.fileHandleForWriting.close()
        holder.waitUntilExit()
        try store.save(tunnel(), of: camera)
    }
}

@Suite struct `An endpoint that is written down` {
    @Test(arguments: [
        "https://user:pass@abc.tunnels.example.org", "http://u:p@[::1]:3334", "https://a%40b:c%25%3A%2F%20d@host:8443",
    ])
    func `is read back as it was`(text: String) throws {
        let endpoint = try TunnelEndpoint(parsing: text)
        #expect(try TunnelEndpoint(parsing: endpoint.revealed.revealed) == endpoint)
    }
}
