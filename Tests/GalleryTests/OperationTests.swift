import CGalleryAssets
import Formats
import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import Gallery

@Suite struct `The API` {
    private func paths() throws -> [(method: String, path: String)] {
        let asset = try #require(
            (0..<gallery_asset_count()).map(gallery_asset).first { String(cString: $0.path) == "openapi.yaml" })
        let text = String(decoding: UnsafeRawBufferPointer(start: asset.bytes, count: asset.length), as: UTF8.self)
        var (path, found): (String?, [(String, String)]) = (nil, [])
        for line in text.split(separator: "\n") {
            if line.hasPrefix("components:") { break }
            if line.hasPrefix("  /"), line.hasSuffix(":") { path = String(line.dropFirst(3).dropLast()) }
            if let path, let method = line.firstMatch(of: #/^    (get|post|delete|put):/#) {
                found.append((String(method.1), path))
            }
        }
        return found
    }

    @Test func `is what its description says, operation by operation`() throws {
        let described = Set(try paths().map { "\($0.method.uppercased()) \($0.path)" })
        let there = Set(Operation.all.map { "\($0.method.rawValue) \($0.path)" })
        #expect(described == there)
    }

    @Test func `never changes anything by GET`() {
        for operation in Operation.all where operation.kind == .change { #expect(operation.method != .get) }
        for operation in Operation.all where operation.method != .get && operation.path != "login" {
            #expect(operation.kind == .change, "\(operation.path)")
        }
    }

    @Test func `tells what is fixed from what is variable`() throws {
        let table = OperationTable()
        guard case .operation(let names, _) = table.operation(.get, "cameras/names") else { throw NotFound() }
        #expect(names.path == "cameras/names")
        guard case .operation(let at, let parts) = table.operation(.head, "cameras/%6Eames%20%C3%A4/at") else {
            throw NotFound()
        }
        #expect(at.path == "cameras/{camera}/at")
        #expect(parts == ["camera": "names ä"])
        guard case .others(let methods) = table.operation(.put, "timelapses/x") else { throw NotFound() }
        #expect(Set(methods) == [.get, .head, .delete])
        for path in ["", "nothing", "cameras/", "cameras//at", "cameras/%ff/at", "frames/1/picture/"] {
            guard case .nothing = table.operation(.get, Substring(path)) else { throw NotFound() }
        }
    }

    private struct NotFound: Error {}

    @Test func `has every file of the pages, and lists no other`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/CGalleryAssets/assets")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { path in
            let kind = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + path)[.type]
            return kind as? FileAttributeType == .typeRegular
        }
        #expect(Set(files) == Set(Assets.paths))
        for path in Assets.paths {
            let asset = try #require(
                (0..<gallery_asset_count()).map(gallery_asset).first { String(cString: $0.path) == path })
            #expect(
                try Data(contentsOf: folder.appending(path: path))
                    == Data(UnsafeRawBufferPointer(start: asset.bytes, count: asset.length)), "\(path)")
        }
    }

    @Test func `loads its first page in less than 120 kB`() {
        let sizes = Assets.paths.filter { $0 != "openapi.yaml" }.map { path -> Int in
            let asset = (0..<gallery_asset_count()).map(gallery_asset).first { String(cString: $0.path) == path }!
            let bytes = ByteBuffer(bytes: UnsafeRawBufferPointer(start: asset.bytes, count: asset.length))
            return bytes.gzipped(level: 9)?.readableBytes ?? asset.length
        }
        #expect(sizes.reduce(0, +) < 120_000)
    }
}
