import Archive
import Catalog
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `A template for names` {
    @Test(arguments: [
        ("{camera}_{utc:%Y%m%dT%H%M%SZ}_{n:06}", "a_b_20261123T140500Z_000007.jpg"), ("{n}", "7.jpg"),
        ("{id:04}-{print}", "0001-none.jpg"), ("{local:%y-%m-%d %H.%M.%S,%L%z}", "26-11-23 15.05.00,250+0100.jpg"),
        ("{utc:%s}.JPG", "1795442700.JPG"), ("{{{n}}}", "{7}.jpg"), ("ö {n:2}.jpeg", "ö 07.jpeg"),
    ])
    func `is filled with what a frame is`(template: String, name: String) async throws {
        let footage = try await Footage([Shot(picture: .picture(seed: 1), camera: "a b")])
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        #expect(try NameTemplate(template).name(of: NamedFrame(footage.frames[0]), number: 7, timeZone: zone) == name)
    }

    @Test func `takes as much of a digest as it asks for`() async throws {
        let frame = try await Footage(count: 1).frames[0]
        let digest = frame.sha256.description
        #expect(try NameTemplate("{sha256}").name(of: NamedFrame(frame), number: 1, timeZone: .gmt) == digest + ".jpg")
        #expect(
            try NameTemplate("{sha256:8}").name(of: NamedFrame(frame), number: 1, timeZone: .gmt) == digest.prefix(8)
                + ".jpg")
    }

    @Test func `has records read before anything is written only for digests, which only they have`() async throws {
        #expect(try !NameTemplate("{camera}_{n:06}_{id}_{print}_{utc:%s}").hasDigest)
        let template = try NameTemplate("{sha256}")
        #expect(template.hasDigest)
        let footage = try await Footage(count: 2)
        _ = try await footage.export("frames") { $0.names = template }
        let names = footage.folder.contents(of: "out/frames").names
        for frame in footage.frames { #expect(names.contains("\(frame.sha256).jpg")) }
    }

    @Test(arguments: [
        ("", "empty"), ("{frame}", "{frame}"), ("{n", "no }"), ("n}", "no {"), ("{n:0}", "1 to 18"),
        ("{n:x}", "1 to 18"), ("{sha256:65}", "1 to 64"), ("{utc}", "%Y"), ("{utc:%Q}", "none of"), ("{utc:abc}", "%Y"),
        ("a/{n}", "another folder"), ("..\\{n}", "another folder"), ("{utc:%Y/%m}", "another folder"),
        ("{utc:%H:%M}", "every file"), ("a\u{0}{n}", "every file"), ("{n}\n", "every file"), ("50%{n}", "every file"),
        ("{camera:3}", "{camera:3}"), ("{}", "{}"),
    ])
    func `is refused with the reason`(template: String, reason: String) {
        let error = #expect(throws: ExportError.self) { try NameTemplate(template) }
        #expect(error?.label == "unusable_name")
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }

    @Test(arguments: [
        (".{n}", "begins with"), ("-{n}", "begins with"), ("..", "begins with"), ("{print}", "more than one frame"),
        ("{utc:%Y}", "more than one frame"), ("LPT{n}", "a device's on Windows"), ("con.{n}", "a device's on Windows"),
        (String(repeating: "n", count: 251) + "{n}", "255 bytes"),
    ])
    func `that makes an unsafe name, or one twice, costs nothing`(template: String, reason: String) async throws {
        let footage = try await Footage(count: 2)
        for output in ["frames", "lapse.zip", "lapse.tar"] {
            let error = await #expect(throws: ExportError.self) {
                try await footage.export(output) { $0.names = try? NameTemplate(template) }
            }
            #expect(error?.label == "unusable_name")
            #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
        }
        #expect(footage.outputs.names.isEmpty)
    }

    @Test func `names the pictures of every format`() async throws {
        let footage = try await Footage(count: 3)
        let template = try NameTemplate("{camera}-{n:03}")
        for output in ["frames", "frames.zip", "frames.tar"] {
            _ = try await footage.export(output) { ($0.names, $0.selection.every) = (template, 2) }
        }
        #expect(
            footage.folder.contents(of: "out/frames").names
                == ["SHA256SUMS", "manifest.json", "printer-001.jpg", "printer-002.jpg"])
        for output in ["frames.zip", "frames.tar"] {
            let list = try Tool.run("bsdtar", ["-tf", footage.outputs(output)]).text.split(separator: "\n")
            #expect(list.prefix(2) == ["frames/printer-001.jpg", "frames/printer-002.jpg"])
        }
    }

    @Test func `is for pictures alone`() async throws {
        let footage = try await Footage(count: 1)
        for change: @Sendable (inout ExportRequest) -> Void in [
            { $0.names = try? NameTemplate("{n}") }, { $0.exif = true }, { $0.bag = true },
        ] {
            let error = await #expect(throws: ExportError.self) { try await footage.export("lapse.mp4", change) }
            #expect(error?.label == "not_for_format")
        }
        #expect(footage.outputs.names.isEmpty)
    }
}
