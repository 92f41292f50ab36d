internal import Formats
internal import FoundationEssentials
internal import NIOCore

/// A JSON object with columns of many numbers, written out number by number: an encoder of objects takes many times as long.
struct JSONColumns {
    private(set) var bytes = ByteBuffer(string: "{")

    init() {}

    /// The whole object.
    var object: ByteBuffer {
        var object = bytes
        object.writeString("}")
        return object
    }

    /// - Parameter key: of letters and underscores.
    mutating func add(_ key: StaticString, _ value: some Encodable) throws {
        begin(key)
        bytes.writeImmutableBuffer(try JSON.bytes(value))
    }

    mutating func add(_ key: StaticString, column: some Sequence<Int>) {
        begin(key)
        write(column)
    }

    /// A row of columns.
    mutating func add(_ key: StaticString, columns: [[Int]]) {
        begin(key)
        bytes.writeString("[")
        for (place, column) in columns.enumerated() {
            if place > 0 { bytes.writeString(",") }
            write(column)
        }
        bytes.writeString("]")
    }

    /// Null where there is no number.
    mutating func add(_ key: StaticString, column: some Sequence<Int?>) {
        begin(key)
        bytes.writeString("[")
        var isFirst = true
        for number in column {
            if !isFirst { bytes.writeString(",") }
            isFirst = false
            if let number { write(number) } else { bytes.writeString("null") }
        }
        bytes.writeString("]")
    }

    private mutating func begin(_ key: StaticString) {
        if bytes.readableBytes > 1 { bytes.writeString(",") }
        bytes.writeString("\"")
        bytes.writeStaticString(key)
        bytes.writeString("\":")
    }

    private mutating func write(_ column: some Sequence<Int>) {
        bytes.writeString("[")
        var isFirst = true
        for number in column {
            if !isFirst { bytes.writeInteger(UInt8(ascii: ",")) }
            isFirst = false
            write(number)
        }
        bytes.writeString("]")
    }

    private mutating func write(_ number: Int) {
        guard number >= 10 || number < 0 else {
            bytes.writeInteger(UInt8(ascii: "0") + UInt8(number))
            return
        }
        if number < 0 { bytes.writeInteger(UInt8(ascii: "-")) }
        bytes.writeWithUnsafeMutableBytes(minimumWritableBytes: 20) { digits in
            var (rest, count) = (number.magnitude, 0)
            repeat {
                digits[count] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
                count += 1
            } while rest > 0
            for place in 0..<count / 2 { digits.swapAt(place, count - 1 - place) }
            return count
        }
    }
}
