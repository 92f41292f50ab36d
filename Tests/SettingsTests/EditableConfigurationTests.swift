import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Settings

@Suite(.timeLimit(.minutes(3))) struct `A configuration that programs change` {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.url.appending(path: "made/here/config.yaml").path
    }

    private var parent: String { folder.url.appending(path: "made/here").path }

    private func mode(_ path: String) -> Int? { FileManager.default.permissions(of: path) }

    private func names(in folder: String) throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: folder))
    }

    @Test func `keeps every change, however many are made at once`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    let name = try CameraName("camera \(number)")
                    try EditableConfiguration(at: path).change { text in
                        try ConfigurationEdit(text ?? "", file: path).adding(name, settings: [])
                    }
                }
            }
            try await group.waitForAll()
        }
        let cameras = try ConfigurationFile.read(at: path).cameras.map(\.name.text)
        #expect(Set(cameras) == Set((0..<20).map { "camera \($0)" }))
        #expect(try names(in: parent) == ["config.yaml", ".config.yaml.lock"])
    }

    @Test func `is its owner's alone from the beginning where it is new, and keeps its mode where it is not`() throws {
        let before = umask(0)
        defer { umask(before) }
        let file = EditableConfiguration(at: path)
        try file.change { text in
            #expect(text == nil)
            return "cameras:\n  - name: a\n"
        }
        #expect(mode(path) == 0o600 && !file.isExposed)
        #expect(mode(parent) == 0o700)
        #expect(chmod(path, 0o644) == 0)
        try file.change { $0! + "  - name: b\n" }
        #expect(mode(path) == 0o644 && file.isExposed)
        #expect(try ConfigurationFile.read(at: path).cameras.count == 2)
    }

    @Test(.enabled(if: geteuid() == 0)) func `keeps its owner and group`() throws {
        let file = EditableConfiguration(at: path)
        try file.change { _ in "a" }
        #expect(chown(path, 1234, 2345) == 0 && chmod(path, 0o640) == 0)
        try file.change { $0! + "b" }
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_uid == 1234 && status.st_gid == 2345 && mode(path) == 0o640)
    }

    @Test func `is changed where a link leads`() throws {
        let real = EditableConfiguration(at: path)
        try real.change { _ in "old" }
        let link = folder.url.appending(path: "link.yaml").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "made/here/config.yaml")
        try EditableConfiguration(at: link).change { $0! + " and new" }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old and new")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "made/here/config.yaml")
    }

    @Test func `stays as it was where a change fails, or another process holds it`() throws {
        let file = EditableConfiguration(at: path, patience: .milliseconds(50))
        try file.change { _ in "old" }
        #expect(throws: CancellationError.self) { try file.change { _ in throw CancellationError() } }
        #expect(throws: ConfigurationError.self) {
            try file.change { _ in
                try file.change { _ in "new" }
                return "newer"
            }
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        #expect(mkfifo(folder.url.appending(path: "pipe").path, 0o600) == 0)
        let pipe = EditableConfiguration(at: folder.url.appending(path: "pipe").path)
        let error = #expect(throws: ConfigurationError.self) { try pipe.change { _ in "new" } }
        #expect(error?.problem.contains("no plain file") == true)
    }
}
