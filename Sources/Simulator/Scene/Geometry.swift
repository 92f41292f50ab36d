internal import Foundation

/// A point or direction in the printer's space, in millimetres: x to the right, y away from the camera, z up.
struct Vector: Hashable, Sendable {
    var x: Double
    var y: Double
    var z: Double

    init(_ x: Double, _ y: Double, _ z: Double) {
        (self.x, self.y, self.z) = (x, y, z)
    }

    var length: Double { dot(self).squareRoot() }
    var normalized: Vector { self * (1 / max(length, 1e-9)) }

    func dot(_ other: Vector) -> Double { x * other.x + y * other.y + z * other.z }

    func cross(_ other: Vector) -> Vector {
        Vector(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
    }

    static func + (left: Vector, right: Vector) -> Vector {
        Vector(left.x + right.x, left.y + right.y, left.z + right.z)
    }
    static func - (left: Vector, right: Vector) -> Vector {
        Vector(left.x - right.x, left.y - right.y, left.z - right.z)
    }
    static func * (left: Vector, factor: Double) -> Vector { Vector(left.x * factor, left.y * factor, left.z * factor) }
}

/// A point in a picture, in pixels from its top left corner.
struct Point: Hashable, Sendable {
    var x: Double
    var y: Double

    init(_ x: Double, _ y: Double) {
        (self.x, self.y) = (x, y)
    }
}

/// A pinhole camera.
struct Viewpoint: Hashable, Sendable {
    let eye: Vector
    private let right: Vector
    private let up: Vector
    private let forward: Vector
    /// Focal length in pixels.
    private let focal: Double
    private let center: Point

    /// - Parameter fieldOfView: from left to right, in degrees, of a picture that is 16:9.
    init(eye: Vector, target: Vector, fieldOfView: Double, width: Int, height: Int) {
        self.eye = eye
        forward = (target - eye).normalized
        right = forward.cross(Vector(0, 0, 1)).normalized
        up = right.cross(forward)
        // Other formats see the same from top to bottom, so that the part stays in the picture.
        focal = Double(height) * 16 / 9 / 2 / tan(fieldOfView * .pi / 360)
        center = Point(Double(width) / 2, Double(height) / 2)
    }

    func project(_ point: Vector) -> Point {
        let camera = self.camera(point - eye)
        let depth = max(camera.z, 1)
        return Point(center.x + focal * camera.x / depth, center.y - focal * camera.y / depth)
    }

    /// The size in pixels of a millimetre at a point.
    func scale(at point: Vector) -> Double {
        focal / max((point - eye).dot(forward), 1)
    }

    /// Gives for each pixel the place on a plane, in units of its axes from its origin.
    func map(origin: Vector, _ u: Vector, _ v: Vector) -> PlaneMap {
        func column(_ vector: Vector) -> Vector {
            let camera = self.camera(vector)
            return Vector(
                focal * camera.x + center.x * camera.z, -focal * camera.y + center.y * camera.z, camera.z)
        }
        return PlaneMap(inverting: column(u), column(v), column(origin - eye))
    }

    private func camera(_ vector: Vector) -> Vector {
        Vector(vector.dot(right), vector.dot(up), vector.dot(forward))
    }
}

/// A homography from pixels to a plane.
struct PlaneMap: Sendable {
    private let rows: (Vector, Vector, Vector)

    /// The inverse of the matrix with these columns.
    fileprivate init(inverting a: Vector, _ b: Vector, _ c: Vector) {
        let determinant = a.dot(b.cross(c))
        let factor = 1 / (abs(determinant) < 1e-12 ? 1e-12 : determinant)
        rows = (b.cross(c) * factor, c.cross(a) * factor, a.cross(b) * factor)
    }

    func place(_ x: Double, _ y: Double) -> Point {
        let w = rows.2.x * x + rows.2.y * y + rows.2.z
        return Point((rows.0.x * x + rows.0.y * y + rows.0.z) / w, (rows.1.x * x + rows.1.y * y + rows.1.z) / w)
    }
}
