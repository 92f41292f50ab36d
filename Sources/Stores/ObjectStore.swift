package import NIOCore
package import Vocabulary

/// A place for objects that are written once and never changed: a folder, or a bucket of an S3-compatible server.
///
/// It knows nothing of what the objects are. Their names hold the hash of their contents, so that two objects of one name are the
/// same object, and writing one twice is writing it once.
package protocol ObjectStore: Sendable {
    /// Where it is.
    var location: StoreLocation { get }

    /// Makes the place ready to be written to, once and by its owner's word: a folder gets its marker, and a bucket is asked
    /// whether it is there and lets us in. Of one that is ready: nothing.
    func prepare() async throws(StoreError)

    /// Writes an object whole, or not at all. Does nothing where one of this name and size is there.
    ///
    /// - Parameters:
    ///   - file: on this machine's disk; its bytes are checked against its digest on their way.
    ///   - name: of the object.
    /// - Throws: ``StoreError/wrongBytes(_:_:problem:)`` where one of this name and another size is there.
    func put(_ file: ObjectFile, as name: ObjectName) async throws(StoreError) -> PutOutcome

    /// Exactly these bytes of an object.
    ///
    /// - Parameters:
    ///   - name: of the object.
    ///   - range: of its bytes; an empty one is not asked for.
    /// - Throws: ``StoreError/wrongBytes(_:_:problem:)`` where the object ends before the range does, or another range came;
    ///   ``StoreError/missing(_:_:)`` where there is no such object.
    func read(_ name: ObjectName, _ range: Range<Int64>) async throws(StoreError) -> ByteBuffer

    /// How many bytes an object has; `nil` where there is none.
    func size(of name: ObjectName) async throws(StoreError) -> Int64?

    /// The objects whose names begin with a text, in the order of their names. What is no object of ours is left out.
    ///
    /// A server may list an object some time after it has it: whether one is gone, ``size(of:)`` tells.
    func list(_ prefix: String) async throws(StoreError) -> [StoredObject]

    /// Removes an object; of none: nothing.
    func remove(_ name: ObjectName) async throws(StoreError)

    /// Whether it takes room in the file system in which a file is.
    func sharesRoom(with path: String) async throws(StoreError) -> Bool
}

extension ObjectStore {
    package func sharesRoom(with path: String) async throws(StoreError) -> Bool { false }
}

/// Opens the store at a location, as it is on record.
package typealias StoreOpening = @Sendable (_ location: String) throws(StoreError) -> any ObjectStore

/// What became of an object that was to be written.
package enum PutOutcome: Hashable, Sendable {
    case written
    /// It was there already.
    case wasThere
}

/// A file on this machine's disk that becomes an object.
package struct ObjectFile: Hashable, Sendable {
    package let path: String
    package let size: Int64
    package let sha256: SHA256Digest

    package init(path: String, size: Int64, sha256: SHA256Digest) {
        (self.path, self.size, self.sha256) = (path, size, sha256)
    }
}

/// An object as a store lists it.
package struct StoredObject: Hashable, Sendable {
    package let name: ObjectName
    package let size: Int64

    package init(name: ObjectName, size: Int64) {
        (self.name, self.size) = (name, size)
    }
}
