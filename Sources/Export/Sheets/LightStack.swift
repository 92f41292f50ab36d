internal import Foundation
internal import Vocabulary

/// Pictures of one size laid over each other, in any order: what comes out is the same.
protocol LightStack: Sendable {
    /// A stack of no pictures.
    init(size: PixelSize)

    mutating func add(_ picture: RGBPicture)

    /// Adds the pictures of another stack.
    mutating func add(_ other: Self)

    /// What the pictures together show; black where there are none.
    var picture: RGBPicture { get }

    /// How many pictures it can hold.
    static var most: Int { get }
}

/// The mean of the pictures' light.
///
/// sRGB values are not proportional to light; their mean would be too dark wherever a picture is bright for a while.
/// They are added as linear light of 14 bits, at which even the darkest values lie five steps apart.
struct MeanLight: LightStack {
    private let size: PixelSize
    private var sums: [UInt32]
    private var count = 0

    /// So many times full light is the most that a sum can hold.
    static let most = Int(UInt32.max) / full

    private static let full = 1 << 14 - 1

    init(size: PixelSize) {
        self.size = size
        sums = [UInt32](repeating: 0, count: size.area * 3)
    }

    mutating func add(_ picture: RGBPicture) {
        precondition(picture.size == size && count < Self.most)
        count += 1
        Self.linear.withUnsafeBufferPointer { linear in
            picture.bytes.withUnsafeBufferPointer { bytes in
                sums.withUnsafeMutableBufferPointer { sums in
                    // Of so many pictures no sum overflows.
                    for index in sums.indices { sums[index] &+= linear[Int(bytes[index])] }
                }
            }
        }
    }

    mutating func add(_ other: MeanLight) {
        precondition(other.size == size && count + other.count <= Self.most)
        count += other.count
        for index in sums.indices { sums[index] += other.sums[index] }
    }

    var picture: RGBPicture {
        let divisor = max(1, count)
        return RGBPicture(size: size, bytes: sums.map { Self.encoded[(Int($0) + divisor / 2) / divisor] })
    }

    /// The linear light of each sRGB value (IEC 61966-2-1).
    private static let linear: [UInt32] = (0...255).map { value in
        let value = Double(value) / 255
        let light = value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        return UInt32((light * Double(full)).rounded())
    }

    /// The nearest sRGB value of each linear light.
    private static let encoded: [UInt8] = (0...full).map { light in
        let light = Double(light) / Double(full)
        let value = light <= 0.0031308 ? light * 12.92 : 1.055 * pow(light, 1 / 2.4) - 0.055
        return UInt8((value * 255).rounded())
    }
}

/// At each place the colour of the picture whose luma is the highest there.
struct BrightestLight: LightStack {
    private let size: PixelSize
    /// Luma, red, green and blue, from the highest byte down: the greatest of two is the brighter one, and of two as
    /// bright ones the same whichever came first.
    private var colours: [UInt32]

    static let most = Int.max

    init(size: PixelSize) {
        self.size = size
        colours = [UInt32](repeating: 0, count: size.area)
    }

    mutating func add(_ picture: RGBPicture) {
        precondition(picture.size == size)
        picture.bytes.withUnsafeBufferPointer { bytes in
            colours.withUnsafeMutableBufferPointer { colours in
                var place = 0
                for index in colours.indices {
                    let (red, green) = (UInt32(bytes[place]), UInt32(bytes[place &+ 1]))
                    let blue = UInt32(bytes[place &+ 2])
                    // ITU-R BT.601, in 16-bit fixed point.
                    let luma = (19595 &* red &+ 38470 &* green &+ 7471 &* blue &+ 32768) &>> 16
                    colours[index] = max(colours[index], luma &<< 24 | red &<< 16 | green &<< 8 | blue)
                    place &+= 3
                }
            }
        }
    }

    mutating func add(_ other: BrightestLight) {
        precondition(other.size == size)
        for index in colours.indices { colours[index] = max(colours[index], other.colours[index]) }
    }

    var picture: RGBPicture {
        RGBPicture(
            size: size,
            bytes: colours.flatMap { colour in
                [
                    UInt8(truncatingIfNeeded: colour >> 16), UInt8(truncatingIfNeeded: colour >> 8),
                    UInt8(truncatingIfNeeded: colour),
                ]
            })
    }
}
