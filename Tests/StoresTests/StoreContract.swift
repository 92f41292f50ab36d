import Foundation
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Stores

/// What every store promises, whatever it is in.
///
/// - Parameter store: an empty one.
func expectPromisesKept(by store: any ObjectStore) async throws {
    let folder = try TemporaryFolder()
    let file = try folder.object("one", bytes: 100_000)
    let whole = try ByteBuffer(bytes: Data(contentsOf: URL(filePath: file.path)))

    try await store.prepare()
    #expect(try await store.list("") == [])
    #expect(try await store.size(of: "printer/one.zip") == nil)
    #expect(
        await storeError { try await store.read("printer/one.zip", 0..<1) }
            == .missing(store.location, "printer/one.zip"))
    try await store.remove("printer/one.zip")

    #expect(try await store.put(file, as: "printer/one.zip") == .written)
    #expect(try await store.put(file, as: "printer/one.zip") == .wasThere)
    #expect(try await store.size(of: "printer/one.zip") == file.size)
    #expect(try await store.read("printer/one.zip", 0..<file.size) == whole)
    for range in [0..<1, 99_999..<100_000, 1_000..<70_000] as [Range<Int64>] {
        let part = whole.getSlice(at: Int(range.lowerBound), length: range.count)
        #expect(try await store.read("printer/one.zip", range) == part)
    }
    #expect(try await store.read("printer/one.zip", 5..<5) == ByteBuffer())
    for range in [0..<100_001, 99_999..<100_001, 100_000..<100_001, 200_000..<200_001] as [Range<Int64>] {
        let error = await storeError { try await store.read("printer/one.zip", range) }
        #expect(error?.label == "store_wrong_bytes", "\(range): \(error?.description ?? "no error")")
    }

    // What looks like a server's word is an object's bytes all the same.
    let text = "<Error><Code>SlowDown</Code></Error>"
    let refusal = try folder.object("refusal", text: text)
    #expect(try await store.put(refusal, as: "printer/refusal.zip") == .written)
    #expect(try await store.read("printer/refusal.zip", 0..<refusal.size) == ByteBuffer(string: text))
    try await store.remove("printer/refusal.zip")

    // Nothing is replaced, not even by what was said to have this name.
    let other = try folder.object("two", bytes: 1000)
    #expect(await storeError { try await store.put(other, as: "printer/one.zip") }?.label == "store_wrong_bytes")
    #expect(try await store.read("printer/one.zip", 0..<file.size) == whole)

    // What was changed since it was hashed is not put there.
    let lying = ObjectFile(path: other.path, size: other.size, sha256: file.sha256)
    #expect(await storeError { try await store.put(lying, as: "printer/lie.zip") }?.label == "store_file")
    #expect(try await store.size(of: "printer/lie.zip") == nil)

    #expect(try await store.put(other, as: "printer/two/three.zip") == .written)
    #expect(try await store.put(other, as: "printer-2/two.zip") == .written)
    #expect(try await store.put(other, as: "one") == .written)
    let names: [ObjectName] = ["one", "printer-2/two.zip", "printer/one.zip", "printer/two/three.zip"]
    #expect(try await store.list("").map(\.name) == names)
    #expect(try await store.list("").map(\.size) == [1000, 1000, 100_000, 1000])
    #expect(try await store.list("printer/").map(\.name) == ["printer/one.zip", "printer/two/three.zip"])
    #expect(try await store.list("printer/tw").map(\.name) == ["printer/two/three.zip"])
    #expect(try await store.list("nobody") == [])

    try await store.remove("printer/one.zip")
    #expect(try await store.size(of: "printer/one.zip") == nil)
    #expect(try await store.list("printer/").map(\.name) == ["printer/two/three.zip"])
    for object in try await store.list("") { try await store.remove(object.name) }
    #expect(try await store.list("") == [])
}

/// Several write the same object at once: it is there, and is itself.
func expectOneOfManyWriters(to store: any ObjectStore) async throws {
    let folder = try TemporaryFolder()
    let file = try folder.object("contended", bytes: 300_000)
    let outcomes = try await withThrowingTaskGroup(of: PutOutcome.self) { group in
        for _ in 0..<4 { group.addTask { try await store.put(file, as: "contended/object.zip") } }
        return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.contains(.written))
    #expect(try await SHA256Digest(hashing: store.read("contended/object.zip", 0..<file.size)) == file.sha256)
    try await store.remove("contended/object.zip")
}
