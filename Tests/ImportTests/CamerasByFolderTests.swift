import Archive
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Import

@Suite struct `Folders of several cameras` {
    private let bench: ImportBench

    init() throws { bench = try ImportBench() }

    /// As motionEye leaves them: two cameras, a day's folder each, five pictures at the same times.
    private func write() throws {
        for (camera, name) in ["Camera1", "Camera2"].enumerated() {
            for second in 0..<5 {
                try bench.write(
                    ImportBench.picture(10 * camera + second).bytes,
                    to: "motioneye/\(name)/2026-05-01/14-05-\(second)0.jpg")
            }
        }
    }

    @Test func `come in turns under one camera, and are told`() async throws {
        try write()
        let report = try await bench.run("motioneye")
        #expect(report.interleavedFolders == ["Camera1", "Camera2"].map { bench.path("motioneye/\($0)") })
        #expect(report.cameras == [.printer])
    }

    @Test func `become cameras by their names`() async throws {
        try write()
        var settings = ImportSettings.utc
        settings.camerasByFolder = true
        let report = try await bench.run("motioneye", settings: settings)
        #expect(report.cameras.map(\.text).sorted() == ["Camera1", "Camera2"])
        #expect(report.interleavedFolders == [])
        #expect(try await bench.frames().count { $0.camera.text == "Camera2" } == 5)
    }

    @Test func `one after the other are prints of one camera`() async throws {
        for (print, name) in ["benchy", "vase", "cube"].enumerated() {
            for second in 0..<3 {
                let date = Timestamp.start + .seconds(1000 * print + 10 * second)
                try bench.write(
                    ImportBench.picture(10 * print + second).bytes, to: "tmp/\(name)/frame\(second).jpg", date: date)
            }
        }
        #expect(try await bench.run("tmp").interleavedFolders == [])
    }

    @Test(arguments: [("a/b", "a-b"), ("  .-x ", "x"), ("2026", "2026"), ("K\u{7}\u{202E}üche", "Küche")])
    func `give names that cameras can have`(folder: String, name: String) {
        #expect(FolderCameras.camera(named: folder)?.text == name)
    }

    @Test func `whose names are too long are cut`() {
        #expect(FolderCameras.camera(named: String(repeating: "ü", count: 50))?.text.utf8.count == 64)
        #expect(FolderCameras.camera(named: "...") == nil)
    }

    @Test func `in one folder show by sizes that change to and fro`() async throws {
        for second in 0..<12 {
            let picture = second % 2 == 0 ? TestJPEG.picture(width: 64, height: 48) : .picture(width: 96, height: 64)
            try bench.write(
                picture.inserting(0xFE, Array("\(second)".utf8)).bytes, to: "a/2026-05-01_14-05-\(second + 10).jpg")
        }
        let report = try await bench.run("a")
        #expect(report.alternating.map(\.what) == ["sizes"])
        #expect(report.alternating.map(\.count) == [11])
    }

    @Test func `in one folder show by scenes that change to and fro`() async throws {
        for second in 0..<12 {
            var scene = TestScene(width: 64, height: 48, noise: 0)
            scene.light = second % 2 == 0 ? -50 : 50
            let picture = TestEncoding.baseline.encode(scene)
            try bench.write(
                picture.inserting(0xFE, Array("\(second)".utf8)).bytes, to: "a/2026-05-01_14-05-\(second + 10).jpg")
        }
        let report = try await bench.run("a")
        #expect(report.alternating.map(\.what) == ["scenes"])
    }
}
